package io.github.appaware.linux;

import io.github.appaware.linux.SystemCalls.ExitStatus;
import io.github.appaware.linux.SystemCalls.ProcessDescriptor;
import io.github.appaware.testkit.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Does each system call and prints what came of it. */
public final class SystemCallsProgram {
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int PR_GET_DUMPABLE = 3;

  private static SystemCalls calls;
  private static Path directory;

  private SystemCallsProgram() {}

  public static void main(String[] arguments) throws Exception {
    directory = Path.of(arguments[1]);
    String extra = arguments.length > 2 ? arguments[2] : "";
    calls = open(arguments[0], extra.equals("absent") ? directory.resolve("absent") : directory);
    if (calls.unavailable().isPresent()) {
      say("unavailable: " + calls.unavailable().get());
      return;
    }
    switch (extra) {
      case "die" -> dieWithParent();
      case "parent-death" -> parentDeath(arguments[0]);
      case "listeners" -> listeners();
      default -> all();
    }
  }

  private static SystemCalls open(String kind, Path scratch) throws Exception {
    Architecture architecture = Architecture.of(System.getProperty("os.arch")).orElse(null);
    try {
      return switch (kind) {
        case "jna" ->
            new LinuxCalls(
                JnaCall.open(
                    architecture, List.of(scratch, Path.of(System.getProperty("java.io.tmpdir")))),
                architecture);
        case "foreign" -> new LinuxCalls(ForeignCall.open(), architecture);
        default -> Linux.open(scratch);
      };
    } catch (UnavailableException e) {
      return new UnavailableCalls(e.getMessage());
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void all() throws Exception {
    say("available");
    descriptor();
    say("dumpable: " + dumpable(false) + ", then " + dumpable(true));
    sealed();
    orphans();
    say("the JDK's own child: " + shell("exit 5").waitFor());
    say("end");
  }

  /** By another process: whoever it is, root too. */
  private static void sealed() throws Exception {
    SystemCalls.SealedFile file = calls.memory("test.txt");
    file.seal("content".getBytes(StandardCharsets.UTF_8));
    String path = file.path().toString();
    say("memory: " + read("cat " + path));
    for (String change : List.of("echo x >" + path, "echo x >>" + path, "truncate -s 0 " + path)) {
      say("change: " + (shell("(" + change + ") 2>/dev/null").waitFor() != 0 ? "refused" : "done"));
    }
    say("memory: " + Files.readString(file.path()));
    try {
      file.seal(new byte[1]);
      say("sealed again");
    } catch (IOException e) {
      say("sealed once");
    }
  }

  private static String read(String command) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The same as the tables say, of sockets of both families. */
  private static void listeners() throws IOException {
    SocketDiagnosis diagnosis = ((LinuxCalls) calls).diagnosis();
    SocketOwners tables = new SocketOwners(ProcFs.ofSystem());
    int unused = Ports.free();
    say("none: " + diagnosis.listeners(unused).size());
    for (String address : List.of("127.0.0.1", "::1", "0.0.0.0")) {
      try (ServerSocketChannel channel = ServerSocketChannel.open()) {
        channel.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        int port = channel.socket().getLocalPort();
        String far = address.equals("0.0.0.0") ? "127.0.0.1" : address;
        List<ListeningSocket> expected = tables.tcpListeners(0, new InetSocketAddress(far, port));
        List<ListeningSocket> found =
            diagnosis.listeners(port).stream()
                .map(each -> new ListeningSocket(each.inode(), OptionalLong.of(each.uid())))
                .toList();
        SocketEntry only = diagnosis.listeners(port).get(0);
        String where = only.local().getAddress().getHostAddress();
        say(address + ": " + (expected.size() == 1 && found.equals(expected)) + " at " + where);
      }
    }
  }

  private static Process shell(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script)
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Process self(String kind, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SystemCallsProgram.class.getName(), kind, directory.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void descriptor() throws Exception {
    Process child = shell("read line");
    try (ProcessDescriptor held = calls.open(child.pid())) {
      boolean early = held.await(Duration.ofMillis(20));
      held.signal(SIGKILL);
      boolean gone = held.await(Duration.ofSeconds(30));
      say("pidfd: " + (early ? "gone" : "running") + ", then " + (gone ? "gone" : "running"));
      child.waitFor();
      held.signal(SIGKILL);
      say("signal to one that is gone: nothing");
    }
    try {
      calls.kill(child.pid(), 0);
    } catch (SystemCallException e) {
      say("no such process: " + e.getMessage().replace("kill: ", ""));
    }
    Process killed = shell("read line");
    calls.kill(killed.pid(), SIGTERM);
    say("kill: " + killed.waitFor());
    try {
      calls.kill(0, 0);
    } catch (IllegalArgumentException e) {
      say("group 0: refused");
    }
  }

  private static long dumpable(boolean wanted) throws IOException {
    calls.setDumpable(wanted);
    Architecture architecture = Architecture.of(System.getProperty("os.arch")).orElseThrow();
    NativeCall raw =
        Runtime.version().feature() >= 22
            ? ForeignCall.open()
            : JnaCall.open(architecture, List.of(directory));
    return raw.call(architecture.prctl, PR_GET_DUMPABLE, 0, 0, 0, 0);
  }

  /** The shell between ends at once, so its own child becomes this process's. */
  private static void orphans() throws Exception {
    calls.becomeSubreaper();
    // A pipe each: of two readers of one pipe, either may get the line.
    long exiting = orphan(pipe("exiting"), "read line; exit 7");
    long killed = orphan(pipe("killed"), "read line");
    ProcFs proc = ProcFs.ofSystem();
    long self = ProcessHandle.current().pid();
    boolean adopted = proc.process(exiting).orElseThrow().parent() == self;
    say("subreaper: " + (adopted ? "adopted" : "not adopted"));
    say("reap while it runs: " + told(calls.reap(exiting)));
    release(exiting);
    say("reap: " + told(await(exiting)));
    calls.kill(killed, SIGKILL);
    say("reap by signal: " + told(await(killed)));
    say("reap again: " + told(calls.reap(exiting)));
    Files.delete(directory.resolve("exiting"));
    Files.delete(directory.resolve("killed"));
  }

  private static Path pipe(String name) throws Exception {
    Path pipe = directory.resolve(name);
    int unused = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    return pipe;
  }

  private static long orphan(Path pipe, String script) throws Exception {
    Process between = shell("(" + script + ") <>" + pipe + " >/dev/null 2>&1 & echo $!");
    try (BufferedReader out = between.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      between.waitFor();
      return pid;
    }
  }

  private static void release(long pid) throws Exception {
    Files.writeString(Path.of("/proc/" + pid + "/fd/0"), "\n");
  }

  private static Optional<ExitStatus> await(long pid) throws Exception {
    try (ProcessDescriptor held = calls.open(pid)) {
      boolean unused = held.await(Duration.ofSeconds(30));
    }
    return calls.reap(pid);
  }

  private static String told(Optional<ExitStatus> status) {
    return status.map(each -> String.valueOf(each.code())).orElse("nothing");
  }

  private static void parentDeath(String kind) throws Exception {
    Process[] child = new Process[1];
    Thread starter =
        new Thread(
            () -> {
              try {
                child[0] = self(kind, "die");
                String unused = child[0].inputReader().readLine(); // it has asked for the signal
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    starter.start();
    starter.join();
    say("died of signal " + (child[0].waitFor() - 128));
  }

  private static void dieWithParent() throws Exception {
    calls.setParentDeathSignal(SIGTERM);
    say("asked");
    Thread.currentThread().join();
  }
}
