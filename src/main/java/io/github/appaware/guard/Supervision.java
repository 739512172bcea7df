package io.github.appaware.guard;

import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SeccompListener;
import io.github.appaware.linux.SocketCalls;
import io.github.appaware.linux.SocketCalls.FileKey;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** What the threads that handle calls share. Safe for all threads. */
final class Supervision {
  private final GuardCalls calls;
  private final SeccompListener listener;
  private final ProcFs proc;
  private final ProcessTable table;
  private final Decisions decisions;
  private final BlockingCalls blocking;
  private final UnixBinder binder;
  private final LowPorts lowPorts;
  private final FormerPorts ports = new FormerPorts();
  private final FileKey serverSocket;
  private final LongFunction<byte[]> vouch;
  private final Supervisor supervisor;
  private volatile long tested = -1;

  /**
   * Of one run.
   *
   * @param socket the decision server's
   * @param links makes the connection of a process to that server
   * @param vouch what to write first on a process's own connection to it
   */
  Supervision(
      GuardCalls calls,
      SeccompListener listener,
      String socket,
      LongFunction<ProcessLink> links,
      LongFunction<byte[]> vouch,
      Supervisor supervisor) {
    this.calls = calls;
    this.listener = listener;
    this.vouch = vouch;
    this.supervisor = supervisor;
    this.proc = ProcFs.ofSystem();
    this.table = new ProcessTable(calls, proc, links);
    this.decisions = new Decisions(listener, proc);
    this.blocking = new BlockingCalls(listener, proc, this::beforeWaiting);
    SocketCalls sockets = calls.sockets();
    this.binder = new UnixBinder(sockets, proc);
    this.lowPorts = new LowPorts(proc);
    this.serverSocket = key(calls.sockets(), socket);
  }

  private static FileKey key(SocketCalls sockets, String socket) {
    byte[] raw = socket.getBytes(StandardCharsets.UTF_8);
    long file = sockets.openPath(new String(raw, StandardCharsets.ISO_8859_1));
    FileKey key = file < 0 ? null : sockets.key(file);
    if (file >= 0) {
      sockets.close((int) file);
    }
    if (key == null || !key.isSocket()) {
      throw new IllegalStateException("no socket at `" + socket + "`");
    }
    return key;
  }

  GuardCalls calls() {
    return calls;
  }

  SeccompListener listener() {
    return listener;
  }

  ProcFs proc() {
    return proc;
  }

  ProcessTable table() {
    return table;
  }

  Decisions decisions() {
    return decisions;
  }

  BlockingCalls blocking() {
    return blocking;
  }

  UnixBinder binder() {
    return binder;
  }

  LowPorts lowPorts() {
    return lowPorts;
  }

  FormerPorts ports() {
    return ports;
  }

  /** The decision server's socket. */
  FileKey serverSocket() {
    return serverSocket;
  }

  byte[] vouch(long pid) {
    return vouch.apply(pid);
  }

  /** This thread is about to wait: another one receives meanwhile. */
  void beforeWaiting() {
    supervisor.receiveElsewhere();
  }

  /** From now on calls of this thread are denied; -1 for none. */
  void selfTest(long thread) {
    tested = thread;
  }

  boolean isSelfTest(long thread) {
    return thread == tested;
  }
}
