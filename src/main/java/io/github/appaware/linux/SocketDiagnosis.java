package io.github.appaware.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the kernel which TCP sockets listen, by sock_diag(7): that takes microseconds where {@code
 * /proc/net/tcp} takes milliseconds, for which the kernel walks the table of all connections. Safe
 * for all threads. Numbers and offsets are those of the kernel's {@code linux/netlink.h}, {@code
 * linux/sock_diag.h} and {@code linux/inet_diag.h}.
 */
final class SocketDiagnosis {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int IPPROTO_TCP = 6;

  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLMSG_ERROR = 2;
  private static final short NLMSG_DONE = 3;
  private static final short NLM_F_REQUEST = 1;
  private static final short NLM_F_DUMP = 0x300;

  /** Set when sockets came or went meanwhile, so that some may be missing. */
  private static final short NLM_F_DUMP_INTR = 0x10;

  private static final int HEAD = 16;
  private static final int TYPE = 4;
  private static final int FLAGS = 6;

  private static final int REQUEST = HEAD + 56;
  private static final int STATES = HEAD + 4;
  private static final int ASKED_PORT = HEAD + 8;

  private static final int ANSWER = HEAD + 72;
  private static final int PORT = HEAD + 4;
  private static final int ADDRESS = HEAD + 8;
  private static final int UID = HEAD + 64;
  private static final int INODE = HEAD + 68;

  private static final long UNSIGNED = 0xFFFF_FFFFL;

  /** The kernel's messages are smaller (NLMSG_GOODSIZE is a page, or 8 KiB). */
  private static final int MOST_BYTES = 32 << 10;

  private static final int MOST_TRIES = 5;

  private final NativeCall syscall;
  private final Architecture architecture;

  SocketDiagnosis(NativeCall syscall, Architecture architecture) {
    this.syscall = syscall;
    this.architecture = architecture;
  }

  /**
   * The sockets that listen on a port in the network namespace of this process, on any address.
   *
   * @throws IOException when the kernel does not tell
   */
  List<SocketEntry> listeners(int port) throws IOException {
    List<SocketEntry> found = new ArrayList<>(listeners(AF_INET, port));
    found.addAll(listeners(AF_INET6, port));
    return found;
  }

  private List<SocketEntry> listeners(int family, int port) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      List<SocketEntry> found = new ArrayList<>();
      if (dump(family, port, found)) {
        return found;
      }
    }
    throw new IOException("sockets come and go too fast");
  }

  /** Whether it was complete. */
  private boolean dump(int family, int port, List<SocketEntry> found) throws IOException {
    long descriptor =
        LinuxCalls.check(
            "socket",
            syscall.call(
                architecture.socket,
                AF_NETLINK,
                SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                NETLINK_SOCK_DIAG,
                0,
                0));
    try {
      ask(descriptor, request(family, port));
      return read(descriptor, family, found);
    } finally {
      long unused = syscall.call(architecture.close, descriptor, 0, 0, 0, 0);
    }
  }

  private static ByteBuffer request(int family, int port) {
    return LinuxCalls.memory(REQUEST)
        .putInt(0, REQUEST)
        .putShort(TYPE, SOCK_DIAG_BY_FAMILY)
        .putShort(FLAGS, (short) (NLM_F_REQUEST | NLM_F_DUMP))
        .put(HEAD, (byte) family)
        .put(HEAD + 1, (byte) IPPROTO_TCP)
        .putInt(STATES, 1 << SocketEntry.LISTENING)
        .order(ByteOrder.BIG_ENDIAN)
        .putShort(ASKED_PORT, (short) port);
  }

  private void ask(long descriptor, ByteBuffer request) throws IOException {
    try {
      long unused =
          LinuxCalls.check(
              "write",
              syscall.call(
                  architecture.write, descriptor, syscall.address(request), REQUEST, 0, 0));
    } finally {
      Reference.reachabilityFence(request);
    }
  }

  /** The kernel answers before the write returns, and goes on with each read. */
  private boolean read(long descriptor, int family, List<SocketEntry> found) throws IOException {
    ByteBuffer answer = LinuxCalls.memory(MOST_BYTES);
    boolean complete = true;
    try {
      while (true) {
        long bytes =
            LinuxCalls.check(
                "read",
                syscall.call(
                    architecture.read, descriptor, syscall.address(answer), MOST_BYTES, 0, 0));
        for (int at = 0; at + HEAD <= bytes; ) {
          int length = answer.getInt(at);
          short type = answer.getShort(at + TYPE);
          if (length < HEAD || at + length > bytes || type == NLMSG_ERROR) {
            throw new IOException("the kernel does not list sockets");
          }
          complete &= (answer.getShort(at + FLAGS) & NLM_F_DUMP_INTR) == 0;
          if (type == NLMSG_DONE) {
            return complete;
          }
          if (type == SOCK_DIAG_BY_FAMILY && length >= ANSWER) {
            found.add(entry(answer, at, family));
          }
          at += (length + 3) & ~3;
        }
      }
    } finally {
      Reference.reachabilityFence(answer);
    }
  }

  private static SocketEntry entry(ByteBuffer answer, int at, int family) throws IOException {
    byte[] address = new byte[family == AF_INET ? 4 : 16];
    answer.get(at + ADDRESS, address);
    int port = (answer.get(at + PORT) & 0xFF) << 8 | (answer.get(at + PORT + 1) & 0xFF);
    return new SocketEntry(
        new InetSocketAddress(InetAddress.getByAddress(address), port),
        new InetSocketAddress(InetAddress.getByAddress(new byte[address.length]), 0),
        SocketEntry.LISTENING,
        answer.getInt(at + UID) & UNSIGNED,
        answer.getInt(at + INODE) & UNSIGNED);
  }
}
