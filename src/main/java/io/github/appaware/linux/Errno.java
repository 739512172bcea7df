package io.github.appaware.linux;

import java.util.Map;

/** Error numbers of Linux, equal on all architectures that are supported. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ECHILD = 10;
  static final int EACCES = 13;
  static final int EFAULT = 14;
  static final int EBUSY = 16;
  static final int EINVAL = 22;
  static final int ENAMETOOLONG = 36;
  static final int ENOSYS = 38;
  static final int EPROTONOSUPPORT = 93;
  static final int EOPNOTSUPP = 95;
  static final int EAFNOSUPPORT = 97;

  private static final Map<Integer, String> NAMES =
      Map.of(
          EBUSY,
          "busy",
          EPERM,
          "operation not permitted",
          ESRCH,
          "no such process",
          EINTR,
          "interrupted",
          ECHILD,
          "no such child process",
          EACCES,
          "permission denied",
          EINVAL,
          "invalid argument",
          ENOSYS,
          "not supported by this kernel");

  private Errno() {}

  static String name(int errno) {
    return NAMES.getOrDefault(errno, "error " + errno);
  }
}
