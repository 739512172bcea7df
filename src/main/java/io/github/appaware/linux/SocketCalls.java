package io.github.appaware.linux;

import java.nio.charset.StandardCharsets;

/**
 * System calls on duplicates of other processes' sockets, with arguments that are in this process's
 * own memory. Results are those of the kernel: at least 0, or a negative error number. One for each
 * thread.
 */
public final class SocketCalls {
  /** {@code sizeof(struct sockaddr_storage)}: the kernel takes no longer address. */
  public static final int LONGEST_NAME = 128;

  /** {@code sizeof(struct msghdr)}. */
  public static final int HEADER_BYTES = 56;

  // struct msghdr of linux/socket.h
  public static final int HEADER_NAME = 0;
  public static final int HEADER_NAME_LENGTH = 8;
  public static final int HEADER_VECTORS = 16;
  public static final int HEADER_VECTOR_COUNT = 24;
  public static final int HEADER_CONTROL = 32;
  public static final int HEADER_CONTROL_LENGTH = 40;

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_DOMAIN = 39;
  private static final int F_GETFL = 3;
  private static final int O_NONBLOCK = 0x800;
  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int O_PATH = 0x200000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int STATX_BASIC = 0x7ff;
  private static final int STATX_BYTES = 256;

  /** RESOLVE_IN_ROOT of {@code linux/openat2.h}. */
  private static final long IN_ROOT = 0x10;

  private static final int LONGEST_PATH = 4096;

  private final NativeCall syscall;
  private final Architecture architecture;
  private final NativeMemory small;
  private final NativeMemory length;
  private final NativeMemory header;
  private final NativeMemory vector;
  private final NativeMemory path;

  /** What a file is. */
  public record FileKey(int mode, long device, long inode) {
    private static final int TYPE = 0xf000;
    private static final int SOCKET = 0xc000;

    public boolean isSocket() {
      return (mode & TYPE) == SOCKET;
    }
  }

  SocketCalls(NativeCall syscall, Architecture architecture) {
    this.syscall = syscall;
    this.architecture = architecture;
    small = new NativeMemory(syscall, STATX_BYTES);
    length = new NativeMemory(syscall, Long.BYTES);
    header = new NativeMemory(syscall, HEADER_BYTES);
    vector = new NativeMemory(syscall, 2 * Long.BYTES);
    path = new NativeMemory(syscall, LONGEST_PATH + Long.BYTES);
  }

  /** Memory for the arguments of calls. */
  public NativeMemory memory(int size) {
    return new NativeMemory(syscall, size);
  }

  private long call(CallNumber number, long a, long b, long c, long d, long e, long f) {
    return syscall.call(number.on(architecture), a, b, c, d, e, f);
  }

  public void close(int descriptor) {
    long unused = call(CallNumber.CLOSE, descriptor, 0, 0, 0, 0, 0);
  }

  /** The address family; ENOTSOCK for what is no socket. */
  public int domain(int socket) {
    return option(socket, SO_DOMAIN);
  }

  /** SOCK_STREAM and so on. */
  public int type(int socket) {
    return option(socket, SO_TYPE);
  }

  private int option(int socket, int name) {
    length.bytes().putInt(0, Integer.BYTES);
    long result =
        call(CallNumber.GETSOCKOPT, socket, SOL_SOCKET, name, small.address(), length.address(), 0);
    return result < 0 ? (int) result : small.bytes().getInt(0);
  }

  /** Whether calls that send or connect end after a time of their own. */
  public boolean hasSendTimeout(int socket) {
    length.bytes().putInt(0, 2 * Long.BYTES);
    long result =
        call(
            CallNumber.GETSOCKOPT,
            socket,
            SOL_SOCKET,
            SO_SNDTIMEO,
            small.address(),
            length.address(),
            0);
    return result == 0 && (small.bytes().getLong(0) | small.bytes().getLong(Long.BYTES)) != 0;
  }

  /** Whether its calls wait. */
  public boolean isBlocking(int socket) {
    long flags = call(CallNumber.FCNTL, socket, F_GETFL, 0, 0, 0, 0);
    return flags >= 0 && (flags & O_NONBLOCK) == 0;
  }

  public long connect(int socket, NativeMemory name, int nameLength) {
    return call(CallNumber.CONNECT, socket, name.address(), nameLength, 0, 0, 0);
  }

  public long bind(int socket, NativeMemory name, int nameLength) {
    return call(CallNumber.BIND, socket, name.address(), nameLength, 0, 0, 0);
  }

  public long listen(int socket, int backlog) {
    return call(CallNumber.LISTEN, socket, backlog, 0, 0, 0, 0);
  }

  /**
   * Sends one message.
   *
   * @param name the address, or null
   * @param data where the data begins, also an address that can't be read
   * @param control ancillary data, or null
   */
  public long send(
      int socket,
      NativeMemory name,
      int nameLength,
      long data,
      long size,
      NativeMemory control,
      int controlLength,
      int flags) {
    header.clear();
    vector.bytes().putLong(0, data).putLong(Long.BYTES, size);
    header
        .bytes()
        .putLong(HEADER_NAME, name == null ? 0 : name.address())
        .putInt(HEADER_NAME_LENGTH, name == null ? 0 : nameLength)
        .putLong(HEADER_VECTORS, vector.address())
        .putLong(HEADER_VECTOR_COUNT, 1)
        .putLong(HEADER_CONTROL, control == null ? 0 : control.address())
        .putLong(HEADER_CONTROL_LENGTH, control == null ? 0 : controlLength);
    return call(CallNumber.SENDMSG, socket, header.address(), flags, 0, 0, 0);
  }

  /** Writes to a socket of this process's making, or to one that was just connected. */
  public long write(int descriptor, byte[] content) {
    NativeMemory data = memory(content.length);
    data.bytes().put(0, content);
    return call(CallNumber.WRITE, descriptor, data.address(), content.length, 0, 0, 0);
  }

  /** The address that a socket is bound to, as the kernel writes it; empty when that fails. */
  public byte[] localName(int socket) {
    length.bytes().putInt(0, LONGEST_NAME);
    long result = call(CallNumber.GETSOCKNAME, socket, small.address(), length.address(), 0, 0, 0);
    return result < 0 ? new byte[0] : small.copy(Math.min(length.bytes().getInt(0), LONGEST_NAME));
  }

  /**
   * Opens a file for its name alone ({@code O_PATH}), following links.
   *
   * @param from a directory, where the path is relative
   * @param name as it is, a character for each byte
   */
  public long openPath(long from, String name) {
    if (name.length() > LONGEST_PATH) {
      return -Errno.ENAMETOOLONG;
    }
    return call(CallNumber.OPENAT, from, path.put(name).address(), O_PATH | O_CLOEXEC, 0, 0, 0);
  }

  /** The same from this process's own directory. */
  public long openPath(String name) {
    return openPath(AT_FDCWD, name);
  }

  /** The same, where {@code root} is the root directory for the path and for all links on it. */
  public long openPathInRoot(long root, String name) {
    if (name.length() > LONGEST_PATH) {
      return -Errno.ENAMETOOLONG;
    }
    small.clear(); // struct open_how
    small.bytes().putLong(0, O_PATH | O_CLOEXEC).putLong(2 * Long.BYTES, IN_ROOT);
    return call(
        CallNumber.OPENAT2, root, path.put(name).address(), small.address(), 3 * Long.BYTES, 0, 0);
  }

  /** Which file a descriptor stands for; null when that fails. */
  public FileKey key(long descriptor) {
    // struct statx: mode at 28, inode at 32, device at 136
    long result =
        call(
            CallNumber.STATX,
            descriptor,
            path.put("").address(),
            AT_EMPTY_PATH,
            STATX_BASIC,
            small.address(),
            0);
    return result < 0
        ? null
        : new FileKey(
            small.bytes().getShort(28) & 0xffff,
            small.bytes().getLong(136),
            small.bytes().getLong(32));
  }

  /** The path of an open file, as the kernel tells it; empty when that fails. */
  public String pathOf(long descriptor) {
    NativeMemory found = memory(LONGEST_PATH);
    long result =
        call(
            CallNumber.READLINKAT,
            AT_FDCWD,
            path.put("/proc/self/fd/" + descriptor).address(),
            found.address(),
            LONGEST_PATH,
            0,
            0);
    return result < 0 ? "" : new String(found.copy((int) result), StandardCharsets.ISO_8859_1);
  }

  /** Gives the calling thread a working directory and a file mask of its own. */
  public long separateDirectory() {
    return call(CallNumber.UNSHARE, 0x200 /* CLONE_FS */, 0, 0, 0, 0, 0);
  }

  /** Changes the working directory of a thread that has one of its own. */
  public long changeDirectory(long directory) {
    return call(CallNumber.FCHDIR, directory, 0, 0, 0, 0, 0);
  }

  /** Changes the file mask of such a thread. */
  public void changeMask(int mask) {
    long unused = call(CallNumber.UMASK, mask, 0, 0, 0, 0, 0);
  }

  /** Sends a signal to a thread of another process. */
  public void signal(long process, long thread, int signal) {
    long unused = call(CallNumber.TGKILL, process, thread, signal, 0, 0, 0);
  }
}
