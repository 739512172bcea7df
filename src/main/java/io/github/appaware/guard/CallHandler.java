package io.github.appaware.guard;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.linux.GuardedCall;
import io.github.appaware.linux.GuardedThread;
import io.github.appaware.linux.NativeMemory;
import io.github.appaware.linux.Notification;
import io.github.appaware.linux.SocketCalls;
import io.github.appaware.linux.SocketCalls.FileKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Handles one stopped call at a time: copies its arguments, has the event decided, and does the
 * call on a duplicate of the socket. One for each thread.
 *
 * <p>The order of the steps is the kernel's, so that a call that can't succeed fails with the same
 * error as without the guard.
 */
final class CallHandler {
  private static final int SOCK_STREAM = 1;
  static final int SOCK_DGRAM = 2;
  static final int AF_NETLINK = 16;
  static final int AF_ALG = 38;

  private final Supervision guard;
  private final SocketCalls sockets;
  private final NativeMemory name;
  private final NativeMemory heldName;
  private final UnixNames unix;
  private final MessageSender sender;
  private final long own;

  CallHandler(Supervision guard) {
    this.guard = guard;
    this.sockets = guard.calls().sockets();
    this.name = sockets.memory(SocketCalls.LONGEST_NAME);
    this.heldName = sockets.memory(SocketCalls.LONGEST_NAME);
    this.unix = new UnixNames(sockets, guard.proc());
    this.sender = new MessageSender(this, guard, sockets);
    this.own = guard.listener().currentThread();
  }

  /** The result of the call, or {@link Results#GONE}. */
  long handle(Notification call) throws IOException {
    if (call.thread() == 0) {
      return Results.EPERM; // of a namespace that this process can't see into
    }
    if (guard.isSelfTest(call.thread())) {
      return Results.EACCES;
    }
    ProcessTable.Caller caller = guard.table().known(call.thread());
    long result = caller == null ? Results.CHANGED : handle(call, caller);
    if (result == Results.CHANGED) {
      result = handle(call, renew(call));
    }
    return result == Results.CHANGED ? Results.EACCES : result;
  }

  private long handle(Notification call, ProcessTable.Caller caller) {
    int socket = caller.thread().duplicate(call.word(0));
    if (socket == GuardedThread.ENDED) {
      return Results.CHANGED; // the number is another thread's by now
    }
    if (socket < 0) {
      return socket == Results.EBADF ? Results.EBADF : Results.EACCES;
    }
    try {
      return handle(call, caller.process(), socket);
    } finally {
      sockets.close(socket);
    }
  }

  /** What is held is the caller's, as that still waits. */
  private ProcessTable.Caller renew(Notification call) throws IOException {
    ProcessTable.Caller caller = guard.table().renew(call.thread());
    if (!guard.listener().isValid(call)) {
      throw new IOException("the caller is gone");
    }
    return caller;
  }

  private long handle(Notification call, GuardedProcess process, int socket) {
    GuardedCall which = call.call().orElse(null);
    if (which == null) {
      return Results.EACCES;
    }
    return switch (which) {
      case CONNECT -> connect(call, process, socket);
      case BIND -> bind(call, process, socket);
      case LISTEN -> listen(call, process, socket);
      case SENDTO -> sender.sendto(call, process, socket);
      case SENDMSG -> sender.sendmsg(call, process, socket);
      case SENDMMSG -> sender.sendmmsg(call, process, socket);
    };
  }

  private long connect(Notification call, GuardedProcess process, int socket) {
    int length = call.word(2);
    long copied = copyName(process, call.argument(1), length);
    if (copied < 0) {
      return copied;
    }
    int domain = sockets.domain(socket);
    if (domain < 0) {
      return domain;
    }
    if (domain == SocketName.AF_UNIX) {
      return connectUnix(call, process, socket, length);
    }
    if (isInet(domain) && SocketName.of(name, length).family() == SocketName.AF_UNSPEC) {
      guard.ports().disconnecting(sockets.key(socket), port(socket));
    }
    long refused = judge(call, process, EventKind.CONNECT, socket, domain, length);
    return refused != Results.DONE
        ? refused
        : connect(call, socket, name, length, !SocketName.of(name, length).isLoopback());
  }

  /** The port that an IP socket is bound to; 0 for none. */
  private int port(int socket) {
    return new SocketName(sockets.localName(socket)).inetPort();
  }

  /**
   * A blocking one may take minutes; one that does not block says so at once.
   *
   * @param far whether it leaves the machine; otherwise it seldom takes longer than waking another
   *     thread
   */
  private long connect(Notification call, int socket, NativeMemory to, int length, boolean far) {
    if (!sockets.isBlocking(socket)) {
      return sockets.connect(socket, to, length);
    }
    if (far) {
      guard.beforeWaiting();
    }
    return wait(call, socket, () -> sockets.connect(socket, to, length));
  }

  /** A call that was interrupted begins again, unless it has a time-out of its own: socket(7). */
  long wait(Notification call, int socket, LongSupplier work) {
    long result = guard.blocking().run(own, call, work);
    return result == Results.RESTART && sockets.hasSendTimeout(socket) ? Results.EINTR : result;
  }

  private long connectUnix(Notification call, GuardedProcess process, int socket, int length) {
    SocketName to = SocketName.of(name, length);
    if (to.isAbstract()) {
      Event event = new Event.Unix(EventKind.CONNECT, to.abstractName());
      long refused = decide(call, process, event);
      return refused != Results.DONE ? refused : connect(call, socket, name, length, false);
    }
    if (!to.isPath()) {
      return sockets.connect(socket, name, length); // nothing, or an end of it
    }
    long file = unix.open(process.pid(), call.thread(), to.path());
    if (file < 0) {
      return file;
    }
    try {
      FileKey key = unix.key(file);
      boolean isOurs = key != null && key.equals(guard.serverSocket());
      Event event = unix.reach(EventKind.CONNECT, file, call.thread(), to.path());
      long refused = isOurs ? Results.DONE : decide(call, process, event);
      if (refused != Results.DONE) {
        return refused;
      }
      long result = connect(call, socket, heldName, holdName(file), false);
      return isOurs && result == 0 ? vouch(process, socket) : result;
    } finally {
      sockets.close((int) file);
    }
  }

  /** The path of an open file, by which only that file is reached. */
  private int holdName(long file) {
    byte[] path = ("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII);
    heldName.bytes().putShort(0, (short) SocketName.AF_UNIX).put(2, path);
    heldName.bytes().put(2 + path.length, (byte) 0);
    return 2 + path.length + 1;
  }

  /** Tells the server which process is at the other end: that can't do it, nor be first. */
  private long vouch(GuardedProcess process, int socket) {
    byte[] frame = guard.vouch(process.pid());
    return sockets.write(socket, frame) == frame.length ? Results.DONE : Results.EACCES;
  }

  private long bind(Notification call, GuardedProcess process, int socket) {
    int domain = sockets.domain(socket);
    if (domain < 0) {
      return domain;
    }
    int length = call.word(2);
    long copied = copyName(process, call.argument(1), length);
    if (copied < 0) {
      return copied;
    }
    SocketName to = SocketName.of(name, length);
    if (domain == SocketName.AF_UNIX) {
      return bindUnix(call, process, socket, to);
    }
    boolean isAgain = isInet(domain) && guard.ports().hadBefore(sockets.key(socket), to.inetPort());
    long refused =
        isAgain ? Results.DONE : judge(call, process, EventKind.BIND, socket, domain, length);
    if (refused != Results.DONE) {
      return refused;
    }
    if (!guard.lowPorts().mayBind(call.thread(), to.inetPort())) {
      return Results.EACCES;
    }
    return sockets.bind(socket, name, length);
  }

  private long bindUnix(Notification call, GuardedProcess process, int socket, SocketName to) {
    if (to.isAbstract()) {
      long refused = decide(call, process, new Event.Unix(EventKind.BIND, to.abstractName()));
      return refused != Results.DONE ? refused : sockets.bind(socket, name, to.bytes().length);
    }
    if (!to.isPath()) {
      return sockets.bind(socket, name, to.bytes().length);
    }
    long thread = call.thread();
    if (!unix.hasOurRights(thread) || !unix.hasOurRoot(process.pid())) {
      return Results.EACCES; // the file would be another's, or elsewhere
    }
    Event event = unix.make(EventKind.BIND, process.pid(), thread, to.path());
    long refused = decide(call, process, event);
    return refused != Results.DONE
        ? refused
        : guard.binder().bind(process.pid(), thread, socket, to.bytes());
  }

  private long listen(Notification call, GuardedProcess process, int socket) {
    if (!process.isCurrent()) {
      return Results.CHANGED;
    }
    int domain = sockets.domain(socket);
    if (domain < 0) {
      return domain;
    }
    boolean isConnected = sockets.type(socket) != SOCK_DGRAM; // or will be
    SocketName at = new SocketName(sockets.localName(socket));
    Optional<Event> event = Optional.empty();
    if (!isConnected) {
      return sockets.listen(socket, call.word(1)); // the kernel refuses it
    } else if (domain == SocketName.AF_UNIX) {
      event = listenUnix(call, process, at);
    } else if (isInet(domain)) {
      event = at.event(EventKind.LISTEN, Protocol.TCP, domain);
    } else if (domain != AF_ALG) {
      return Results.EACCES;
    }
    long refused = event.isEmpty() ? Results.DONE : decide(call, process, event.get());
    return refused != Results.DONE ? refused : sockets.listen(socket, call.word(1));
  }

  private Optional<Event> listenUnix(Notification call, GuardedProcess process, SocketName at) {
    if (at.isAbstract()) {
      return Optional.of(new Event.Unix(EventKind.LISTEN, at.abstractName()));
    }
    return at.isPath()
        ? Optional.of(unix.make(EventKind.LISTEN, process.pid(), call.thread(), at.path()))
        : Optional.empty();
  }

  static boolean isInet(int domain) {
    return domain == SocketName.AF_INET || domain == SocketName.AF_INET6;
  }

  /** The verdict on the copied name, for a socket of any family but Unix. */
  private long judge(
      Notification call,
      GuardedProcess process,
      EventKind kind,
      int socket,
      int domain,
      int length) {
    if (!isInet(domain)) {
      // Netlink and cryptography end in the kernel. Others leave the machine: inherited, perhaps.
      return domain == AF_NETLINK || domain == AF_ALG ? Results.DONE : Results.EACCES;
    }
    Protocol protocol = sockets.type(socket) == SOCK_STREAM ? Protocol.TCP : Protocol.UDP;
    Optional<Event> event = SocketName.of(name, length).event(kind, protocol, domain);
    return event.isEmpty() ? Results.DONE : decide(call, process, event.get());
  }

  long decide(Notification call, GuardedProcess process, Event event) {
    return guard.decisions().decide(call, process, event, guard::beforeWaiting);
  }

  /** Copies an address; {@link #name()} has it. The kernel's order: its length, then its memory. */
  long copyName(GuardedProcess process, long address, int length) {
    if (length < 0 || length > SocketCalls.LONGEST_NAME) {
      return Results.EINVAL;
    }
    if (length == 0) {
      return Results.DONE;
    }
    int read = process.memory().read(address, name, 0, length);
    return read == length ? Results.DONE : read == 0 ? Results.CHANGED : Results.EFAULT;
  }

  NativeMemory name() {
    return name;
  }

  UnixNames unix() {
    return unix;
  }

  /** Fills in the path of an open file as a name, and returns the name's length. */
  int hold(long file) {
    return holdName(file);
  }

  NativeMemory heldName() {
    return heldName;
  }
}
