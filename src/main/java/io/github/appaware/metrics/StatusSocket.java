package io.github.appaware.metrics;

import io.github.appaware.server.ServerStatus;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Tells a server's status to programs of the server's own user: a Unix-domain socket in its
 * directory, which no other user may enter. Each connection gets one JSON object and is closed. By
 * threads of its own, so that a slow reader delays no decision.
 */
public final class StatusSocket implements Closeable {
  /** With the process id behind it: several servers may share a directory. */
  private static final String NAME = "status-";

  /** Readers at a time; more are closed at once. */
  private static final int MOST_READERS = 4;

  private final ServerSocketChannel channel;
  private final Path file;
  private final Supplier<ServerStatus> status;
  private final Semaphore readers = new Semaphore(MOST_READERS);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "status");
            thread.setDaemon(true);
            return thread;
          });

  private StatusSocket(ServerSocketChannel channel, Path file, Supplier<ServerStatus> status) {
    this.channel = channel;
    this.file = file;
    this.status = status;
  }

  /** Where the servers with this directory tell their status, those that were killed included. */
  public static List<Path> in(Path home) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home, NAME + "*")) {
      files.forEach(all::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(all);
    return all;
  }

  /**
   * Opens the socket.
   *
   * @param home the server's directory
   * @param status at any moment
   * @throws IOException when the directory's path is too long for a socket's address (about 100
   *     bytes)
   */
  public static StatusSocket open(Path home, Supplier<ServerStatus> status) throws IOException {
    for (Path each : in(home)) {
      deleteIfUnused(each);
    }
    Path file = home.resolve(NAME + ProcessHandle.current().pid());
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(file));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    StatusSocket socket = new StatusSocket(channel, file, status);
    socket.threads.execute(socket::accept);
    return socket;
  }

  /** Deletes the socket of a server that was killed. */
  private static void deleteIfUnused(Path file) throws IOException {
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
    } catch (ConnectException e) {
      Files.deleteIfExists(file);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel reader = channel.accept();
        if (!readers.tryAcquire()) {
          reader.close();
        } else {
          threads.execute(() -> serve(reader));
        }
      }
    } catch (ClosedChannelException | RejectedExecutionException e) {
      // The server ends.
    } catch (IOException e) {
      // No more status; `server status` says that it can't be read.
    }
  }

  private void serve(SocketChannel reader) {
    try (reader) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StatusJson.write(out, status.get());
      ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
      while (bytes.hasRemaining()) {
        int unused = reader.write(bytes);
      }
    } catch (IOException e) {
      // It went.
    } finally {
      readers.release();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    threads.shutdownNow();
    Files.deleteIfExists(file);
  }
}
