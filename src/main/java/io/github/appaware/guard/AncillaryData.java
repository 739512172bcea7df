package io.github.appaware.guard;

import io.github.appaware.linux.GuardedThread;
import io.github.appaware.linux.NativeMemory;
import io.github.appaware.linux.Notification;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SocketCalls;
import java.util.ArrayList;
import java.util.List;

/**
 * Ancillary data of one message (cmsg(3), unix(7)), copied from another process: descriptors that
 * are passed are duplicated, source routes are refused, as they lead elsewhere than the address
 * says. One for each thread; used for one message at a time.
 */
final class AncillaryData {
  /** The kernel's own limit is 128 KiB for all that waits at a socket. */
  private static final int MOST = 64 * 1024;

  // struct cmsghdr
  private static final int HEADER_BYTES = 16;
  private static final int LEVEL = 8;
  private static final int TYPE = 12;
  private static final int ALIGNMENT = 8;

  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;

  private static final int SOL_IP = 0;
  private static final int IP_RETOPTS = 7;
  private static final int SOL_IPV6 = 41;
  private static final int IPV6_2292RTHDR = 5;
  private static final int IPV6_RTHDR = 57;

  private static final int CAP_SYS_ADMIN = 21;

  private final SocketCalls sockets;
  private final ProcFs proc = ProcFs.ofSystem();
  private final long self = ProcessHandle.current().pid();
  private final List<Integer> duplicates = new ArrayList<>();
  private NativeMemory memory;

  AncillaryData(SocketCalls sockets) {
    this.sockets = sockets;
  }

  /** What was copied. */
  NativeMemory memory() {
    return memory;
  }

  /** Closes the duplicates of the last message. */
  void release() {
    duplicates.forEach(sockets::close);
    duplicates.clear();
  }

  /**
   * Copies.
   *
   * @return the length, or a negative error number
   */
  long copy(
      Notification call,
      GuardedProcess process,
      int domain,
      long address,
      long length,
      ProcessTable table) {
    if (length == 0) {
      return 0;
    }
    if (length < 0 || length > MOST) {
      return Results.ENOBUFS;
    }
    if (memory == null) {
      memory = sockets.memory(MOST);
    }
    if (process.memory().read(address, memory, 0, (int) length) != length) {
      return Results.EFAULT;
    }
    ProcessTable.Caller caller = table.known(call.thread());
    if (caller == null) {
      return Results.EACCES;
    }
    long refused = walk((int) length, domain, call, caller);
    return refused < 0 ? refused : length;
  }

  /** As the kernel does it; where it finds the data malformed, so does the kernel. */
  private long walk(int length, int domain, Notification call, ProcessTable.Caller caller) {
    int at = 0;
    while (at + HEADER_BYTES <= length) {
      long size = memory.bytes().getLong(at);
      if (size < HEADER_BYTES || size > length - at) {
        return 0;
      }
      long refused = one(at, (int) size, domain, call, caller);
      if (refused < 0) {
        return refused;
      }
      at += ((int) size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return 0;
  }

  private long one(int at, int size, int domain, Notification call, ProcessTable.Caller caller) {
    int level = memory.bytes().getInt(at + LEVEL);
    int type = memory.bytes().getInt(at + TYPE);
    if ((level == SOL_IP && type == IP_RETOPTS)
        || (level == SOL_IPV6 && (type == IPV6_2292RTHDR || type == IPV6_RTHDR))) {
      return Results.EPERM;
    }
    if (level != SOL_SOCKET || domain != SocketName.AF_UNIX) {
      return 0;
    }
    if (type == SCM_RIGHTS) {
      return duplicateAll(at + HEADER_BYTES, at + size, caller.thread());
    }
    return type == SCM_CREDENTIALS ? credentials(at + HEADER_BYTES, call, caller) : 0;
  }

  private long duplicateAll(int from, int end, GuardedThread thread) {
    for (int at = from; at + Integer.BYTES <= end; at += Integer.BYTES) {
      int duplicate = thread.duplicate(memory.bytes().getInt(at));
      if (duplicate < 0) {
        return duplicate == Results.EBADF ? Results.EBADF : Results.EACCES;
      }
      duplicates.add(duplicate);
      memory.bytes().putInt(at, duplicate);
    }
    return 0;
  }

  /** A process may name itself; without privileges, this one can name only itself in its place. */
  private long credentials(int at, Notification call, ProcessTable.Caller caller) {
    String rights = proc.credentials(call.thread());
    if (rights.isEmpty()
        || !rights.equals(proc.credentials(self))
        || !proc.haveSameUsers(call.thread(), self)) {
      return Results.EPERM; // unknown, or those of a namespace of its own
    }
    boolean mayName = ((proc.capabilities(self) >> CAP_SYS_ADMIN) & 1) != 0;
    if (!mayName && memory.bytes().getInt(at) == caller.process().pid()) {
      memory.bytes().putInt(at, (int) self);
    }
    return 0;
  }
}
