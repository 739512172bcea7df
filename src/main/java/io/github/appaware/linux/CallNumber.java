package io.github.appaware.linux;

/**
 * The numbers of the system calls that the guard does and watches, for each supported architecture:
 * {@code arch/x86/entry/syscalls/syscall_64.tbl} and {@code include/uapi/asm-generic/unistd.h} of
 * Linux.
 */
enum CallNumber {
  CLOSE(3, 57),
  WRITE(1, 64),
  PREAD(17, 67),
  PWRITE(18, 68),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  READLINKAT(267, 78),
  STATX(332, 291),
  FCNTL(72, 25),
  IOCTL(16, 29),
  PRCTL(157, 167),
  UNSHARE(272, 97),
  FCHDIR(81, 50),
  UMASK(95, 166),
  GETTID(186, 178),
  GETPID(39, 172),
  TGKILL(234, 131),
  SOCKET(41, 198),
  CONNECT(42, 203),
  BIND(49, 200),
  LISTEN(50, 201),
  SENDTO(44, 206),
  SENDMSG(46, 211),
  SENDMMSG(307, 269),
  GETSOCKNAME(51, 204),
  GETSOCKOPT(55, 209),
  SETSOCKOPT(54, 208),
  SECCOMP(317, 277),
  PIDFD_OPEN(434, 434),
  PIDFD_GETFD(438, 438),
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_RESTRICT_SELF(446, 446);

  private final int amd64;
  private final int aarch64;

  CallNumber(int amd64, int aarch64) {
    this.amd64 = amd64;
    this.aarch64 = aarch64;
  }

  int on(Architecture architecture) {
    return architecture == Architecture.AMD64 ? amd64 : aarch64;
  }
}
