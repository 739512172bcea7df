package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Reason;
import io.github.appaware.linux.Linux;
import io.github.appaware.linux.PeerProcess;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.UnavailableException;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.testkit.FakeClock;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clients are this process and children of it, which is the launcher, too. */
class KernelProcessesTest {
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path directory;
  private final List<FrameChannel> channels = new ArrayList<>();
  private LocalServer server;

  @BeforeEach
  void onLinux() {
    assumeTrue(Linux.isHere(), "not Linux");
  }

  @AfterEach
  void close() throws IOException {
    for (FrameChannel channel : channels) {
      channel.close();
    }
    server.close();
  }

  private FrameChannel start(KernelProcesses.Opener opener, long launcher) throws Exception {
    Path policy = Files.writeString(directory.resolve("p.toml"), "version = 1\n");
    ServerOptions options =
        new ServerOptions(
            directory, "key", Mode.ENFORCE, BlindMode.ALLOW, log(), List.of(policy), null, null);
    server =
        LocalServer.open(
            options,
            "host",
            new FakeClock(),
            new KernelProcesses(opener, ProcFs.ofSystem(), directory, launcher));
    Thread serving = new Thread(server::serve, "serving");
    serving.setDaemon(true);
    serving.start();
    FrameChannel launching = connect();
    launching.write(new Message.Register(Message.VERSION, "key", "token", application()));
    assertThat(launching.read()).isInstanceOf(Message.Welcome.class);
    return launching;
  }

  private Path log() {
    return directory.resolve("log.jsonl");
  }

  /** What it did, in the record. */
  private void assertRecorded(long pid) throws IOException {
    RecordEntry line = new RecordFormat().read(Files.readString(log()));
    assertThat(line.application().pid()).isEqualTo(pid);
    assertThat(line.event().describe()).isEqualTo("connect unix to " + directory.resolve("s"));
    assertThat(line.verdict().allowed()).isFalse();
    assertThat(line.verdict().reason().kind()).isEqualTo(Reason.Kind.PROTECTED);
  }

  private static Application application() {
    return Application.builder()
        .file("a.jar")
        .path("/a.jar")
        .kind(Application.Kind.JAR)
        .user("me")
        .build();
  }

  private FrameChannel connect() throws IOException {
    FrameChannel channel =
        new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s"))));
    channels.add(channel);
    return channel;
  }

  private Process program(boolean inheritsTheRun) throws IOException {
    String classPath = place(LocalServer.class) + File.pathSeparator + place(WatchingProgram.class);
    ProcessBuilder builder =
        new ProcessBuilder(
                Jdk.running().java(),
                "-cp",
                classPath,
                WatchingProgram.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (inheritsTheRun) {
      builder.environment().put("RUN", directory + "/options");
    }
    return builder.start();
  }

  private static Path place(Class<?> of) {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
  }

  private static String refusal(Process program) {
    return "process " + program.pid() + " (java) belongs to the run";
  }

  @Test
  void aProcessOfTheRunIsNoConsoleThoughItHasTheKey() throws Exception {
    FrameChannel launcher = start(PeerProcess::open, SELF);

    Process program = program(false);

    assertThat(output(program))
        .isEqualTo("Refused[why=no console of this server: " + refusal(program) + "]");
    assertThat(launcher.read())
        .isEqualTo(new Message.Notice("a console was refused: " + refusal(program)));
    assertRecorded(program.pid());
  }

  @Test
  void aProcessThatLeftTheTreeIsKnownByTheEnvironmentThatItInherited() throws Exception {
    start(PeerProcess::open, Long.MAX_VALUE);

    Process program = program(true);

    assertThat(output(program)).startsWith("Refused[").contains(refusal(program));
  }

  @Test
  void aProcessOutsideTheRunIsAConsoleOfTheUserWhoRunsIt() throws Exception {
    start(PeerProcess::open, Long.MAX_VALUE);

    assertThat(output(program(false))).startsWith("Welcome[");
  }

  @Test
  void aConsolesUserIsTheKernelsWord() throws Exception {
    start(PeerProcess::open, SELF);
    KernelProcesses processes =
        new KernelProcesses(PeerProcess::open, ProcFs.ofSystem(), directory, SELF);
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")))) {
      assertThat(processes.console(channel, "somebody else"))
          .isEqualTo(ProcessHandle.current().info().user().orElseThrow());
    }
  }

  @Test
  void aProcessHasOneAgent() throws Exception {
    FrameChannel launcher = start(PeerProcess::open, SELF);
    FrameChannel first = connect();
    FrameChannel second = connect();
    first.write(new Message.Hello(Message.VERSION, "token", SELF));
    assertThat(launcher.read()).isEqualTo(new Message.Measure(1, SELF));
    launcher.write(new Message.Measured(1, application()));
    assertThat(first.read()).isInstanceOf(Message.Welcome.class);

    second.write(new Message.Hello(Message.VERSION, "token", SELF));

    String why = "process " + SELF + " has an agent already, and says once more that it is one";
    assertThat(second.read()).isEqualTo(new Message.Refused(why));
    assertThat(launcher.read()).isEqualTo(new Message.Notice("an agent was refused: " + why));
  }

  @Test
  void anAgentIsTheProcessThatTheKernelNames() throws Exception {
    FrameChannel launcher = start(PeerProcess::open, SELF);
    FrameChannel honest = connect();
    FrameChannel liar = connect();

    honest.write(new Message.Hello(Message.VERSION, "token", SELF));
    assertThat(launcher.read()).isEqualTo(new Message.Measure(1, SELF));
    liar.write(new Message.Hello(Message.VERSION, "token", 1));

    String why = "it claims to be process 1, but is process " + SELF;
    assertThat(liar.read()).isEqualTo(new Message.Refused(why));
    assertThat(launcher.read()).isEqualTo(new Message.Notice("an agent was refused: " + why));
    assertRecorded(SELF);
  }

  @Test
  void withoutTheKernelsWordTheLauncherIsToldWhatIsWeaker() throws Exception {
    FrameChannel launcher = start(KernelProcessesTest::unavailable, SELF);
    FrameChannel agent = connect();

    agent.write(new Message.Hello(Message.VERSION, "token", 1));

    assertThat(((Message.Notice) launcher.read()).text())
        .startsWith("the process at the other end of a connection can't be verified (")
        .contains("can pose as another process");
    assertThat(launcher.read()).isEqualTo(new Message.Measure(1, 1));
  }

  private static PeerProcess unavailable() throws UnavailableException {
    String arch = System.setProperty("os.arch", "pdp11");
    try {
      return PeerProcess.open();
    } finally {
      System.setProperty("os.arch", arch);
    }
  }
}
