package io.github.appaware.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of memfd_create(2); constants are those of the kernel's {@code uapi} headers. */
final class MemoryFile implements SystemCalls.SealedFile {
  private static final int F_ADD_SEALS = 1033;

  /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE. */
  private static final int ALL_SEALS = 1 | 2 | 4 | 8;

  private final NativeCall syscall;
  private final Architecture architecture;
  private final long descriptor;
  private final Path path;

  private MemoryFile(NativeCall syscall, Architecture architecture, long descriptor, Path path) {
    this.syscall = syscall;
    this.architecture = architecture;
    this.descriptor = descriptor;
    this.path = path;
  }

  /** With this descriptor, which is never closed: what holds the path counts on it. */
  static MemoryFile of(NativeCall syscall, Architecture architecture, long descriptor)
      throws IOException {
    Path own = Path.of("/proc/self/fd/" + descriptor);
    Path path = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
    if (!Files.isSameFile(own, path)) { // the /proc of another namespace of processes
      long unused = syscall.call(architecture.close, descriptor, 0, 0, 0, 0);
      throw new IOException(path + " is another file");
    }
    return new MemoryFile(syscall, architecture, descriptor, path);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void seal(byte[] content) throws IOException {
    Files.write(path, content, StandardOpenOption.WRITE);
    long unused =
        LinuxCalls.check(
            "F_ADD_SEALS",
            syscall.call(architecture.fcntl, descriptor, F_ADD_SEALS, ALL_SEALS, 0, 0));
  }
}
