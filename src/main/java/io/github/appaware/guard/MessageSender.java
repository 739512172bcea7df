package io.github.appaware.guard;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.linux.NativeMemory;
import io.github.appaware.linux.Notification;
import io.github.appaware.linux.SocketCalls;
import java.util.Optional;

/**
 * The calls that send to an address: sendto(2), sendmsg(2), sendmmsg(2). Data and ancillary data
 * are copied like the address; descriptors in it are duplicated. One for each thread.
 */
final class MessageSender {
  private static final int SOCK_STREAM = 1;

  /** A longer datagram is refused; of a stream, as much is sent at a time. */
  private static final int MOST_DATA = 1 << 20;

  private static final int FIRST_DATA = 64 * 1024;

  /** UIO_MAXIOV: of vectors, and of messages of sendmmsg(2). */
  private static final int MOST_VECTORS = 1024;

  private static final int VECTOR_BYTES = 16;

  /** {@code sizeof(struct mmsghdr)}, and where it has the length. */
  private static final int MESSAGE_BYTES = 64;

  private static final int MESSAGE_LENGTH = 56;

  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_ZEROCOPY = 0x4000000;
  private static final int SIGPIPE = 13;

  /** An address where there is never anything: the kernel finds out at the right moment. */
  private static final long NOWHERE = 1;

  /** The address and the data of one message. */
  private static final class Parts {
    NativeMemory name;
    int nameLength;
    long data;
    long size;
    int controlLength;

    /** What is held open for the address, or -1. */
    long file = -1;
  }

  private final CallHandler handler;
  private final Supervision guard;
  private final SocketCalls sockets;
  private final NativeMemory header;
  private final NativeMemory written;
  private final AncillaryData control;
  private NativeMemory vectors;
  private NativeMemory data;

  MessageSender(CallHandler handler, Supervision guard, SocketCalls sockets) {
    this.handler = handler;
    this.guard = guard;
    this.sockets = sockets;
    this.header = sockets.memory(MESSAGE_BYTES);
    this.written = sockets.memory(Long.BYTES);
    this.control = new AncillaryData(sockets);
  }

  long sendto(Notification call, GuardedProcess process, int socket) {
    int domain = sockets.domain(socket);
    if (domain < 0) {
      return domain;
    }
    int length = call.word(5);
    long copied = handler.copyName(process, call.argument(4), length);
    if (copied < 0) {
      return copied;
    }
    Parts parts = new Parts();
    try {
      long refused = judge(call, process, socket, domain, length, parts);
      if (refused != Results.DONE) {
        return refused;
      }
      long size = call.argument(2);
      return send(call, process, socket, parts, new long[] {call.argument(1), size}, call.word(3));
    } finally {
      release(parts);
    }
  }

  long sendmsg(Notification call, GuardedProcess process, int socket) {
    int domain = sockets.domain(socket);
    return domain < 0
        ? domain
        : sendmsg(call, process, socket, domain, call.argument(1), call.word(2));
  }

  long sendmmsg(Notification call, GuardedProcess process, int socket) {
    int domain = sockets.domain(socket);
    if (domain < 0) {
      return domain;
    }
    long count = Math.min(call.argument(2) & 0xffffffffL, MOST_VECTORS);
    for (long i = 0; i < count; i++) {
      long at = call.argument(1) + i * MESSAGE_BYTES;
      long sent = sendmsg(call, process, socket, domain, at, call.word(3));
      if (sent == Results.GONE || (sent == Results.CHANGED && i == 0)) {
        return sent;
      }
      if (sent < 0) {
        return i > 0 ? i : sent;
      }
      written.bytes().putInt(0, (int) sent);
      int told = process.memory().write(at + MESSAGE_LENGTH, written, 0, Integer.BYTES);
      if (told != Integer.BYTES) {
        return i > 0 ? i : Results.EFAULT;
      }
    }
    return count;
  }

  private long sendmsg(
      Notification call, GuardedProcess process, int socket, int domain, long at, int flags) {
    int read = process.memory().read(at, header, 0, SocketCalls.HEADER_BYTES);
    if (read != SocketCalls.HEADER_BYTES) {
      return read == 0 ? Results.CHANGED : Results.EFAULT;
    }
    long nameAt = header.bytes().getLong(SocketCalls.HEADER_NAME);
    int nameLength = header.bytes().getInt(SocketCalls.HEADER_NAME_LENGTH);
    long vectorsAt = header.bytes().getLong(SocketCalls.HEADER_VECTORS);
    long vectorCount = header.bytes().getLong(SocketCalls.HEADER_VECTOR_COUNT);
    long controlAt = header.bytes().getLong(SocketCalls.HEADER_CONTROL);
    long controlLength = header.bytes().getLong(SocketCalls.HEADER_CONTROL_LENGTH);
    if (nameLength < 0) {
      return Results.EINVAL;
    }
    Parts parts = new Parts();
    try {
      int length = nameAt == 0 ? 0 : Math.min(nameLength, SocketCalls.LONGEST_NAME);
      long copied = handler.copyName(process, nameAt, length);
      if (copied < 0) {
        return copied;
      }
      long[] areas = areas(process, vectorsAt, vectorCount);
      if (areas.length == 1) {
        return areas[0];
      }
      long refused =
          length == 0 ? Results.DONE : judge(call, process, socket, domain, length, parts);
      if (refused != Results.DONE) {
        return refused;
      }
      long taken = control.copy(call, process, domain, controlAt, controlLength, guard.table());
      if (taken < 0) {
        return taken;
      }
      parts.controlLength = (int) taken;
      return send(call, process, socket, parts, areas, flags);
    } finally {
      control.release();
      release(parts);
    }
  }

  /** Addresses and sizes in turn; or one error number. */
  private long[] areas(GuardedProcess process, long at, long count) {
    if (count < 0 || count > MOST_VECTORS) {
      return new long[] {Results.EMSGSIZE};
    }
    if (vectors == null) {
      vectors = sockets.memory(MOST_VECTORS * VECTOR_BYTES);
    }
    int bytes = (int) count * VECTOR_BYTES;
    if (bytes > 0 && process.memory().read(at, vectors, 0, bytes) != bytes) {
      return new long[] {Results.EFAULT};
    }
    long[] areas = new long[2 * (int) count];
    for (int i = 0; i < areas.length; i++) {
      areas[i] = vectors.bytes().getLong(i * Long.BYTES);
      if (i % 2 == 1 && areas[i] < 0) {
        return new long[] {Results.EINVAL};
      }
    }
    return areas;
  }

  /** Has the copied address decided, and fills in what is sent to. */
  private long judge(
      Notification call, GuardedProcess process, int socket, int domain, int length, Parts parts) {
    parts.name = handler.name();
    parts.nameLength = length;
    SocketName to = SocketName.of(handler.name(), length);
    if (domain == SocketName.AF_UNIX) {
      // Only datagram sockets send to an address: the others refuse it, or do not look at it.
      return sockets.type(socket) == CallHandler.SOCK_DGRAM
          ? judgeUnix(call, process, to, parts)
          : Results.DONE;
    }
    if (!CallHandler.isInet(domain)) {
      return domain == CallHandler.AF_NETLINK || domain == CallHandler.AF_ALG
          ? Results.DONE
          : Results.EACCES;
    }
    if (sockets.type(socket) == SOCK_STREAM) {
      parts.name = null; // the kernel does not look at it
      return Results.DONE;
    }
    if (length == 0) {
      return Results.EINVAL; // of sendto; sendmsg takes it for none
    }
    if (domain == SocketName.AF_INET6 && to.family() == SocketName.AF_UNSPEC) {
      if (length < 2) {
        return Results.EINVAL;
      }
      parts.name = null; // it means none there, and an address once the socket is one of IPv4
      return Results.DONE;
    }
    Optional<Event> event = to.event(EventKind.SEND, Protocol.UDP, domain);
    return event.isEmpty() ? Results.DONE : handler.decide(call, process, event.get());
  }

  private long judgeUnix(Notification call, GuardedProcess process, SocketName to, Parts parts) {
    if (to.isAbstract()) {
      Event event = new Event.Unix(EventKind.CONNECT, to.abstractName());
      return handler.decide(call, process, event);
    }
    if (!to.isPath()) {
      return Results.DONE;
    }
    UnixNames unix = handler.unix();
    parts.file = unix.open(process.pid(), call.thread(), to.path());
    if (parts.file < 0) {
      return parts.file;
    }
    if (guard.serverSocket().equals(unix.key(parts.file))) {
      return Results.EACCES; // no process sends to it without connecting
    }
    parts.name = handler.heldName();
    parts.nameLength = handler.hold(parts.file);
    Event event = unix.reach(EventKind.CONNECT, parts.file, call.thread(), to.path());
    return handler.decide(call, process, event);
  }

  private void release(Parts parts) {
    if (parts.file >= 0) {
      sockets.close((int) parts.file);
    }
  }

  /** A stream takes what there is in pieces; a message is sent whole. */
  private long send(
      Notification call, GuardedProcess process, int socket, Parts parts, long[] areas, int flags) {
    if ((flags & MSG_ZEROCOPY) != 0) {
      return Results.ENOBUFS; // programs then send a copy
    }
    long total = 0;
    for (int i = 1; i < areas.length; i += 2) {
      total += Math.min(areas[i], Integer.MAX_VALUE);
    }
    boolean isStream = sockets.type(socket) == SOCK_STREAM;
    if (!isStream && total > MOST_DATA) {
      return Results.EMSGSIZE;
    }
    long sent = 0;
    do {
      gather(process, areas, sent, (int) Math.min(total - sent, MOST_DATA), parts);
      long result = sendPart(call, socket, parts, sent == 0, flags);
      if (result == Results.GONE) {
        return result;
      }
      if (result < 0) {
        return sent > 0 ? sent : failed(call, process, result, flags, isStream);
      }
      sent += result;
      if (result < parts.size) {
        return sent;
      }
    } while (sent < total);
    return sent;
  }

  /** Writing to a stream that the other side has closed raises a signal, in the writer. */
  private long failed(
      Notification call, GuardedProcess process, long result, int flags, boolean isStream) {
    if (result == Results.EPIPE && isStream && (flags & MSG_NOSIGNAL) == 0) {
      sockets.signal(process.pid(), call.thread(), SIGPIPE);
    }
    return result;
  }

  private long sendPart(Notification call, int socket, Parts parts, boolean first, int flags) {
    NativeMemory ancillary = first && parts.controlLength > 0 ? control.memory() : null;
    long now = send(socket, parts, ancillary, flags | MSG_DONTWAIT);
    if (now != Results.EAGAIN || (flags & MSG_DONTWAIT) != 0 || !sockets.isBlocking(socket)) {
      return now;
    }
    guard.beforeWaiting();
    return handler.wait(call, socket, () -> send(socket, parts, ancillary, flags));
  }

  private long send(int socket, Parts parts, NativeMemory ancillary, int flags) {
    return sockets.send(
        socket,
        parts.name,
        parts.nameLength,
        parts.data,
        parts.size,
        ancillary,
        parts.controlLength,
        flags | MSG_NOSIGNAL);
  }

  /** Copies this much of the areas, from an offset on; what can't be read, the kernel shall see. */
  private void gather(GuardedProcess process, long[] areas, long offset, int size, Parts parts) {
    if (data == null || data.size() < size) {
      data = sockets.memory(size <= FIRST_DATA ? FIRST_DATA : MOST_DATA);
    }
    parts.data = data.address();
    parts.size = size;
    int have = 0;
    long skip = offset;
    for (int i = 0; i < areas.length && have < size; i += 2) {
      long length = Math.min(areas[i + 1], Integer.MAX_VALUE);
      if (skip >= length) {
        skip -= length;
        continue;
      }
      int take = (int) Math.min(length - skip, size - have);
      int got = process.memory().read(areas[i] + skip, data, have, take);
      if (got != take) {
        parts.data = NOWHERE;
        return;
      }
      have += take;
      skip = 0;
    }
  }
}
