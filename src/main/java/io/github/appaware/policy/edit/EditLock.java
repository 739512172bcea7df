package io.github.appaware.policy.edit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Excludes all other threads and processes of appaware from changing the same policy file.
 *
 * <p>The lock is on an empty file {@code .NAME.lock} beside it, not on the file itself, which is
 * replaced at each change. The empty file stays: if it were deleted, two processes could each hold
 * the lock of a file of that name. The system releases the lock when its holder dies, for whatever
 * reason.
 */
final class EditLock implements Closeable {
  /** A change takes milliseconds; a process that holds the lock for longer has stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long RETRY_NANOS = Duration.ofMillis(2).toNanos();

  /**
   * The system's locks are for processes: between threads, and for {@link FileChannel}, which
   * refuses a second lock and gives up the first when any channel to the same file is closed.
   */
  private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private EditLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits for the lock, at most 30 s.
   *
   * @throws AccessDeniedException if the directory can't be written
   */
  static EditLock take(Path file) throws IOException, EditException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    awaitThreads(file);
    FileChannel channel = null;
    try {
      channel = open(file.resolveSibling("." + file.getFileName() + ".lock"), file);
      FileLock lock = channel.tryLock();
      while (lock == null) {
        if (System.nanoTime() - end > 0) {
          throw busy(file);
        }
        LockSupport.parkNanos(RETRY_NANOS);
        lock = channel.tryLock();
      }
      return new EditLock(channel, lock);
    } catch (IOException | EditException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      WITHIN_THIS_PROCESS.unlock();
      throw e;
    }
  }

  private static void awaitThreads(Path file) throws EditException {
    try {
      if (!WITHIN_THIS_PROCESS.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw busy(file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EditException("interrupted before `" + file + "` was changed", "");
    }
  }

  private static EditException busy(Path file) {
    return new EditException(
        "`"
            + file
            + "` has been locked by another run of appaware for "
            + PATIENCE.toSeconds()
            + " s",
        "see what holds it: fuser -v '.../." + file.getFileName() + ".lock'");
  }

  private static FileChannel open(Path path, Path file) throws IOException {
    try {
      FileChannel created =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(EnumSet.of(PosixFilePermission.OWNER_WRITE)));
      Files.setPosixFilePermissions(path, likeThatOf(file));
      return created;
    } catch (FileAlreadyExistsException e) {
      return FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The permissions of the file: every user who may write it may lock it. */
  private static Set<PosixFilePermission> likeThatOf(Path file) throws IOException {
    Set<PosixFilePermission> all =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (Files.exists(file)) {
      all.addAll(Files.getPosixFilePermissions(file));
    }
    all.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE));
    return all;
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      channel.close();
    } finally {
      WITHIN_THIS_PROCESS.unlock();
    }
  }
}
