package io.github.appaware.guard;

import io.github.appaware.linux.NativeMemory;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.SocketCalls;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Binds Unix-domain sockets to paths in other processes' places: the kernel makes the file in the
 * working directory and with the mask of the thread that binds, so that a thread takes on those of
 * the process. The path is the process's own text, as the kernel shows it to everyone from then on:
 * what a directory on it leads to may have changed since it was judged. Safe for all threads.
 */
final class UnixBinder implements AutoCloseable {
  private final SocketCalls sockets;
  private final ProcFs proc;
  private final NativeMemory name;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "guard-bind");
            made.setDaemon(true);
            return made;
          });
  private boolean separate;

  UnixBinder(SocketCalls sockets, ProcFs proc) {
    this.sockets = sockets;
    this.proc = proc;
    this.name = sockets.memory(SocketCalls.LONGEST_NAME);
  }

  /** The result of the call. */
  long bind(long pid, long caller, int socket, byte[] to) {
    try {
      return thread.submit(() -> bindHere(pid, caller, socket, to)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Results.EACCES;
    } catch (ExecutionException e) {
      return Results.EACCES;
    }
  }

  private long bindHere(long pid, long caller, int socket, byte[] to) {
    if (!separate) {
      long result = sockets.separateDirectory();
      if (result < 0) {
        return Results.EACCES;
      }
      separate = true;
    }
    long directory = sockets.openPath("/proc/" + caller + "/cwd");
    if (directory < 0) {
      return Results.EACCES;
    }
    try {
      if (sockets.changeDirectory(directory) < 0) {
        return Results.EACCES;
      }
    } finally {
      sockets.close((int) directory);
    }
    sockets.changeMask(proc.mask(pid));
    name.bytes().put(0, to);
    return sockets.bind(socket, name, to.length);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
