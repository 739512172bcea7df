package io.github.appaware.linux;

import java.util.Optional;

/**
 * The numbers of the system calls in use, for each supported architecture: {@code
 * arch/x86/entry/syscalls/syscall_64.tbl} and {@code include/uapi/asm-generic/unistd.h} of Linux.
 */
enum Architecture {
  AMD64("x86-64", 157, 62, 271, 247, 3, 0, 1, 41, 72, 319),
  AARCH64("aarch64", 167, 129, 73, 95, 57, 63, 64, 198, 25, 279);

  // Calls newer than Linux 5.0 have one number everywhere.
  static final int PIDFD_SEND_SIGNAL = 424;
  static final int PIDFD_OPEN = 434;

  final String jnaName;
  final int prctl;
  final int kill;
  final int ppoll;
  final int waitid;
  final int close;
  final int read;
  final int write;
  final int socket;
  final int fcntl;
  final int memfdCreate;

  Architecture(
      String jnaName,
      int prctl,
      int kill,
      int ppoll,
      int waitid,
      int close,
      int read,
      int write,
      int socket,
      int fcntl,
      int memfdCreate) {
    this.jnaName = jnaName;
    this.prctl = prctl;
    this.kill = kill;
    this.ppoll = ppoll;
    this.waitid = waitid;
    this.close = close;
    this.read = read;
    this.write = write;
    this.socket = socket;
    this.fcntl = fcntl;
    this.memfdCreate = memfdCreate;
  }

  /**
   * The architecture that the JVM was built for.
   *
   * @param name as in the system property {@code os.arch}
   */
  static Optional<Architecture> of(String name) {
    return switch (name) {
      case "amd64" -> Optional.of(AMD64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
