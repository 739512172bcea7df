package io.github.appaware.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the guard of a run needs from the kernel: whether it is there, and the restriction of the
 * thread that starts the target. Safe for all threads.
 */
public final class GuardCalls {
  private static final int PR_SET_NO_NEW_PRIVS = 38;

  // seccomp(2)
  private static final int SET_MODE_FILTER = 1;
  private static final int GET_ACTION_AVAIL = 2;
  private static final int NEW_LISTENER = 8;

  /** Linux 5.19: without it, a process with a timer would never get a call through. */
  private static final int WAIT_KILLABLE = 0x20;

  private static final int RULESET_VERSION = 1;

  /** The ABI from which Landlock knows TCP, Linux 6.7, and the one from which it knows signals. */
  private static final int LANDLOCK_TCP = 4;

  private static final int LANDLOCK_SIGNALS = 6;

  /** LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP. */
  private static final long TCP = 3;

  /** LANDLOCK_SCOPE_SIGNAL. */
  private static final long SIGNALS = 2;

  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;

  private final NativeCall syscall;
  private final Architecture architecture;

  GuardCalls(NativeCall syscall, Architecture architecture) {
    this.syscall = syscall;
    this.architecture = architecture;
  }

  private long call(CallNumber number, long a, long b, long c, long d) {
    return syscall.call(number.on(architecture), a, b, c, d, 0, 0);
  }

  /**
   * What this kernel or container lacks for the guard, in words; empty where nothing is missing.
   */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    NativeMemory action = new NativeMemory(syscall, Integer.BYTES);
    action.bytes().putInt(0, NetworkFilter.NOTIFY);
    require(
        call(CallNumber.SECCOMP, GET_ACTION_AVAIL, 0, action.address(), 0) == 0,
        "seccomp user notification (Linux 5.0)",
        missing);
    // The flags are looked at before the filter, which is not there.
    require(
        call(CallNumber.SECCOMP, SET_MODE_FILTER, NEW_LISTENER | WAIT_KILLABLE, 0, 0)
            == -Errno.EFAULT,
        "notifications that only a fatal signal interrupts (Linux 5.19)",
        missing);
    long self = syscall.call(CallNumber.GETPID.on(architecture), 0, 0, 0, 0, 0);
    long own = call(CallNumber.PIDFD_OPEN, self, 0, 0, 0);
    long duplicate = own < 0 ? own : call(CallNumber.PIDFD_GETFD, own, own, 0, 0);
    require(duplicate >= 0, "pidfd_getfd (Linux 5.6, in containers perhaps SYS_PTRACE)", missing);
    close(duplicate);
    close(own);
    return missing;
  }

  private static void require(boolean there, String what, List<String> missing) {
    if (!there) {
      missing.add(what);
    }
  }

  private void close(long descriptor) {
    if (descriptor >= 0) {
      long unused = call(CallNumber.CLOSE, descriptor, 0, 0, 0);
    }
  }

  /** Whether Landlock backs the filter; see {@link #restrictThread}. */
  public boolean hasLandlock() {
    return landlock() >= LANDLOCK_TCP;
  }

  private long landlock() {
    return call(CallNumber.LANDLOCK_CREATE_RULESET, 0, 0, RULESET_VERSION, 0);
  }

  /**
   * Restricts the calling thread, and all that it starts from now on, for good: no privileges by
   * execve(2); where the kernel has Landlock, no TCP by its own calls, no tracing and no signals
   * out of the restricted processes; and each call of {@link GuardedCall} waits for the listener's
   * answer. Threads that are there already are not restricted.
   *
   * @throws IOException when any of it is refused: the thread may be restricted in part
   */
  public SeccompListener restrictThread() throws IOException {
    check("PR_SET_NO_NEW_PRIVS", call(CallNumber.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0));
    restrictByLandlock();
    byte[] filter = NetworkFilter.of(architecture);
    NativeMemory code = new NativeMemory(syscall, filter.length);
    code.bytes().put(0, filter);
    NativeMemory program = new NativeMemory(syscall, 2 * Long.BYTES); // struct sock_fprog
    program
        .bytes()
        .putShort(0, (short) (filter.length / BpfAssembler.INSTRUCTION_BYTES))
        .putLong(Long.BYTES, code.address());
    long listener =
        call(
            CallNumber.SECCOMP,
            SET_MODE_FILTER,
            NEW_LISTENER | WAIT_KILLABLE,
            program.address(),
            0);
    boolean isKept = code.size() > 0; // the kernel has read it: until here it is reachable
    if (listener == -Errno.EBUSY && isKept) {
      throw new IOException("another guard is in force around this process (a run in a run)");
    }
    check("SECCOMP_SET_MODE_FILTER", listener);
    return new SeccompListener(syscall, architecture, listener);
  }

  private void restrictByLandlock() throws IOException {
    long version = landlock();
    if (version < LANDLOCK_TCP) {
      return;
    }
    // struct landlock_ruleset_attr: files, network, scopes
    NativeMemory rules = new NativeMemory(syscall, 3 * Long.BYTES);
    rules.bytes().putLong(Long.BYTES, TCP);
    int size = 2 * Long.BYTES;
    if (version >= LANDLOCK_SIGNALS) {
      rules.bytes().putLong(2 * Long.BYTES, SIGNALS);
      size += Long.BYTES;
    }
    long set = call(CallNumber.LANDLOCK_CREATE_RULESET, rules.address(), size, 0, 0);
    check("landlock_create_ruleset", set);
    try {
      check("landlock_restrict_self", call(CallNumber.LANDLOCK_RESTRICT_SELF, set, 0, 0, 0));
    } finally {
      close(set);
    }
  }

  private static void check(String name, long result) throws IOException {
    long unused = LinuxCalls.check(name, result);
  }

  /**
   * Provokes a call that the guard must see, on the restricted thread: connects a datagram socket,
   * which sends nothing.
   *
   * @param port the port of 127.0.0.1 by which the guard knows the call
   * @return what came of it: a negative error number when it was refused
   */
  public long provoke(int port) throws IOException {
    long socket = call(CallNumber.SOCKET, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0, 0);
    check("socket", socket);
    try {
      NativeMemory name = new NativeMemory(syscall, 2 * Long.BYTES);
      name.bytes()
          .putShort(0, (short) AF_INET)
          .put(2, (byte) (port >> 8))
          .put(3, (byte) port)
          .put(4, (byte) 127)
          .put(7, (byte) 1);
      return call(CallNumber.CONNECT, socket, name.address(), name.size(), 0);
    } finally {
      close(socket);
    }
  }

  /** For a thread that does calls in another's place. */
  public SocketCalls sockets() {
    return new SocketCalls(syscall, architecture);
  }

  /**
   * Holds a thread whose call waits; that it still waits is to be checked afterwards.
   *
   * @throws IOException when it is gone, or another user's
   */
  public GuardedThread thread(long number, long process) throws IOException {
    return GuardedThread.open(syscall, architecture, number, process);
  }

  /**
   * The memory of what a process runs; likewise.
   *
   * @throws IOException when it may not be read
   */
  public ProgramMemory memory(long process) throws IOException {
    return ProgramMemory.open(syscall, architecture, process);
  }
}
