package io.github.appaware.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** System calls by their numbers; constants are those of the kernel's {@code uapi} headers. */
final class LinuxCalls implements SystemCalls {
  private static final int PR_SET_PDEATHSIG = 1;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;

  /** Linux 6.3; systems may require it. */
  private static final int MFD_NOEXEC_SEAL = 8;

  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int CLD_EXITED = 1;

  /** {@code siginfo_t}: its size and the fields that waitid(2) fills. */
  private static final int SIGINFO_BYTES = 128;

  private static final int SI_CODE = 8;
  private static final int SI_PID = 16;
  private static final int SI_STATUS = 24;

  private final NativeCall syscall;
  private final Architecture architecture;

  LinuxCalls(NativeCall syscall, Architecture architecture) {
    this.syscall = syscall;
    this.architecture = architecture;
  }

  /** Another way to ask for sockets than the tables of {@code /proc}. */
  SocketDiagnosis diagnosis() {
    return new SocketDiagnosis(syscall, architecture);
  }

  /** What the guard of a run needs. */
  GuardCalls guard() {
    return new GuardCalls(syscall, architecture);
  }

  static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** The result of a call, which is never an error number. */
  static long check(String name, long result) throws SystemCallException {
    if (result < 0) {
      throw new SystemCallException(name, (int) -result);
    }
    return result;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public void becomeSubreaper() throws IOException {
    control("PR_SET_CHILD_SUBREAPER", PR_SET_CHILD_SUBREAPER, 1);
  }

  @Override
  public void setDumpable(boolean dumpable) throws IOException {
    control("PR_SET_DUMPABLE", PR_SET_DUMPABLE, dumpable ? 1 : 0);
  }

  @Override
  public void setParentDeathSignal(int signal) throws IOException {
    control("PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal);
  }

  private void control(String name, int option, long value) throws IOException {
    long unused = check(name, syscall.call(architecture.prctl, option, value, 0, 0, 0));
  }

  @Override
  public void kill(long pid, int signal) throws IOException {
    requireOne(pid);
    long unused = check("kill", syscall.call(architecture.kill, pid, signal, 0, 0, 0));
  }

  /** To the kernel, 0 and negative numbers are groups. */
  private static void requireOne(long pid) {
    if (pid <= 0 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no process: " + pid);
    }
  }

  @Override
  public ProcessDescriptor open(long pid) throws IOException {
    requireOne(pid);
    long descriptor = check("pidfd_open", syscall.call(Architecture.PIDFD_OPEN, pid, 0, 0, 0, 0));
    return new PidDescriptor(syscall, architecture, descriptor);
  }

  @Override
  public Optional<ExitStatus> reap(long pid) throws IOException {
    requireOne(pid);
    ByteBuffer info = memory(SIGINFO_BYTES);
    long result;
    try {
      result =
          syscall.call(
              architecture.waitid, P_PID, pid, syscall.address(info), WNOHANG | WEXITED, 0);
    } finally {
      Reference.reachabilityFence(info);
    }
    if (result == -Errno.ECHILD) {
      return Optional.empty();
    }
    long unused = check("waitid", result);
    if (info.getInt(SI_PID) == 0) {
      return Optional.empty(); // it still runs
    }
    return Optional.of(new ExitStatus(info.getInt(SI_STATUS), info.getInt(SI_CODE) != CLD_EXITED));
  }

  @Override
  public SealedFile memory(String name) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer text = memory(bytes.length + 1);
    text.put(0, bytes);
    try {
      int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
      long at = syscall.address(text);
      long result = syscall.call(architecture.memfdCreate, at, flags | MFD_NOEXEC_SEAL, 0, 0, 0);
      if (result == -Errno.EINVAL) {
        result = syscall.call(architecture.memfdCreate, at, flags, 0, 0, 0);
      }
      return MemoryFile.of(syscall, architecture, check("memfd_create", result));
    } finally {
      Reference.reachabilityFence(text);
    }
  }
}
