package io.github.appaware.compat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Maven repository on the loopback, of this build's local one and of artifacts of the test's own.
 * As a proxy it answers for any host: it takes the path of a request alone.
 */
final class BuildRepository implements Closeable {
  private final List<Path> roots;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Serves from now on.
   *
   * @param own a directory that is looked in first
   */
  BuildRepository(Path own) throws IOException {
    roots = List.of(own, Maven.repository());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String path = exchange.getRequestURI().getPath().substring(1);
    for (Path root : roots) {
      Path file = root.resolve(path).normalize();
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        if (exchange.getRequestMethod().equals("HEAD")) {
          exchange.sendResponseHeaders(200, -1);
        } else {
          exchange.sendResponseHeaders(200, 0);
          Files.copy(file, exchange.getResponseBody());
        }
        exchange.close();
        return;
      }
    }
    exchange.sendResponseHeaders(404, -1);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How many requests there were since they were last forgotten. */
  int requests() {
    return requests.get();
  }

  void forgetRequests() {
    requests.set(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
