package io.github.appaware.server.local;

import io.github.appaware.event.Text;
import io.github.appaware.linux.Linux;
import io.github.appaware.linux.PeerProcess;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.RunMembership;
import io.github.appaware.linux.UnavailableException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** By {@code SO_PEERCRED} and {@code /proc}. */
public final class KernelProcesses implements ClientProcesses {
  /** Opens the way to the kernel's word, which a server without clients does not need. */
  interface Opener {
    PeerProcess open() throws UnavailableException;
  }

  private final Opener opener;
  private final ProcFs proc;
  private final RunMembership run;
  private final long launcher;

  /** The processes in whose place the guard connected. */
  private final Map<SocketChannel, Long> vouched = Collections.synchronizedMap(new WeakHashMap<>());

  private PeerProcess peers;
  private String unavailable;

  KernelProcesses(Opener opener, ProcFs proc, Path directory, long launcher) {
    this.opener = opener;
    this.proc = proc;
    this.launcher = launcher;
    this.run = new RunMembership(proc, directory, launcher, pid -> false);
  }

  /**
   * By the kernel's word, in a server that its launcher started.
   *
   * @param directory the run's private directory
   */
  public static KernelProcesses of(Path directory) {
    long launcher = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    return new KernelProcesses(PeerProcess::open, ProcFs.ofSystem(), directory, launcher);
  }

  /** Empty where the kernel can't be asked. */
  private synchronized Optional<PeerProcess> peers() {
    if (peers == null && unavailable == null) {
      try {
        peers = opener.open();
      } catch (UnavailableException e) {
        unavailable = e.getMessage();
      }
    }
    return Optional.ofNullable(peers);
  }

  @Override
  public Optional<String> weakness() {
    return !Linux.isHere() || peers().isPresent()
        ? Optional.empty()
        : Optional.of(
            "the process at the other end of a connection can't be verified ("
                + unavailable
                + "): a program that reads the run's secrets can pose as another process"
                + " of the run, or as a console");
  }

  @Override
  public void vouched(SocketChannel channel, long pid) throws IOException {
    if (peers().isEmpty() || peers().get().of(channel) != launcher) {
      throw new IOException("no guard of this run");
    }
    vouched.put(channel, pid);
  }

  private long process(SocketChannel channel) throws IOException {
    Long known = vouched.get(channel);
    return known != null ? known : visible(peers().get().of(channel));
  }

  @Override
  public long agent(SocketChannel channel, long claimed) throws IOException {
    if (peers().isEmpty()) {
      return claimed;
    }
    long pid = process(channel);
    if (pid != claimed && !proc.numbersOf(pid).contains(claimed)) {
      throw new ImpostorException(
          pid, "it claims to be process " + claimed + ", but is process " + pid);
    }
    return pid;
  }

  @Override
  public String console(SocketChannel channel, String claimed) throws IOException {
    if (peers().isEmpty()) {
      return Text.printable(claimed);
    }
    long pid = process(channel);
    if (run.contains(pid)) {
      String command = proc.process(pid).map(ProcessInfo::command).orElse("");
      throw new ImpostorException(
          pid, "process " + pid + " (" + Text.printable(command) + ") belongs to the run");
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().user())
        .orElseThrow(() -> new IOException("process " + pid + " has no known user"));
  }

  private static long visible(long pid) throws IOException {
    if (pid == 0) {
      throw new IOException("its process is not visible to the decision server");
    }
    return pid;
  }
}
