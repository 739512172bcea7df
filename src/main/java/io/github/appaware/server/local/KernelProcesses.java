package io.github.appaware.server.local;

import io.github.appaware.event.Text;
import io.github.appaware.linux.Linux;
import io.github.appaware.linux.PeerCredentials;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.SystemCalls;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * By {@code SO_PEERCRED} and {@code /proc}. The system calls are opened at {@link #prepare}, or
 * when first needed.
 */
public final class KernelProcesses implements ClientProcesses {
  private final Supplier<SystemCalls> open;
  private final ProcFs proc;
  private final Path directory;
  private final long launcher;
  private final CompletableFuture<SystemCalls> calls = new CompletableFuture<>();
  private boolean isOpening;

  KernelProcesses(Supplier<SystemCalls> open, ProcFs proc, Path directory, long launcher) {
    this.open = open;
    this.proc = proc;
    this.directory = directory;
    this.launcher = launcher;
  }

  /**
   * By the kernel's word, in a server that its launcher started.
   *
   * @param directory the run's private directory
   */
  public static KernelProcesses of(Path directory) {
    long launcher = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    return new KernelProcesses(() -> Linux.open(directory), ProcFs.ofSystem(), directory, launcher);
  }

  @Override
  public synchronized void prepare() {
    if (isOpening) {
      return;
    }
    isOpening = true;
    Thread thread = new Thread(this::load, "system-calls");
    thread.setDaemon(true);
    thread.start();
  }

  private void load() {
    try {
      calls.complete(open.get());
    } catch (RuntimeException | Error e) {
      calls.completeExceptionally(e);
    }
  }

  private SystemCalls calls() {
    prepare();
    return calls.join();
  }

  @Override
  public Optional<String> weakness() {
    return Linux.isHere()
        ? calls()
            .unavailable()
            .map(
                reason ->
                    "the process at the other end of a connection can't be verified ("
                        + reason
                        + "): a program that reads the run's secrets can pose as another process"
                        + " of the run, or as a console")
        : Optional.empty();
  }

  @Override
  public long agent(SocketChannel channel, long claimed) throws IOException {
    if (calls().unavailable().isPresent()) {
      return claimed;
    }
    long pid = visible(calls().peer(channel));
    if (pid != claimed && !proc.numbersOf(pid).contains(claimed)) {
      throw new IOException("it claims to be process " + claimed + ", but is process " + pid);
    }
    return pid;
  }

  @Override
  public String console(SocketChannel channel, String claimed) throws IOException {
    if (calls().unavailable().isPresent()) {
      return Text.printable(claimed);
    }
    PeerCredentials peer = calls().peer(channel);
    long pid = visible(peer);
    if ((pid != launcher && proc.isWithin(pid, launcher))
        || RunProcesses.inherits(pid, directory)) {
      String command = proc.process(pid).map(ProcessInfo::command).orElse("");
      throw new IOException(
          "process " + pid + " (" + Text.printable(command) + ") belongs to the run");
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().user())
        .orElseGet(() -> "user " + peer.uid());
  }

  private static long visible(PeerCredentials peer) throws IOException {
    if (peer.pid() == 0) {
      throw new IOException("its process is not visible to the decision server");
    }
    return peer.pid();
  }
}
