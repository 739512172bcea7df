package io.github.appaware.trust;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The exclusive right to change a server's directory, among all threads and processes. */
final class DirectoryLock implements Closeable {
  /** A file lock is held by the whole process. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits for it. */
  static DirectoryLock of(Path directory) throws IOException {
    IN_THIS_PROCESS.lock();
    boolean held = false;
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(".lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        DirectoryLock exclusive = new DirectoryLock(channel, channel.lock());
        held = true;
        return exclusive;
      } finally {
        if (!held) {
          channel.close();
        }
      }
    } finally {
      if (!held) {
        IN_THIS_PROCESS.unlock();
      }
    }
  }

  /** To be called before a change; throws when the lock was released. */
  void requireHeld() {
    if (!lock.isValid()) {
      throw new IllegalStateException("the directory is not locked");
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
