package io.github.appaware.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.appaware.server.ServerState;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code GET /health} and {@code GET /metrics}, in plain HTTP and so on loopback alone, by
 * threads of its own, so that a slow reader delays no decision.
 */
public final class MetricsPort implements Closeable {
  private static final int THREADS = 4;

  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "metrics");
            thread.setDaemon(true);
            return thread;
          });

  /** The content of a path. */
  private interface Page {
    void write(ByteArrayOutputStream out) throws IOException;
  }

  private MetricsPort(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens the port.
   *
   * @param address of loopback; port 0 lets the system choose
   * @param metrics shown with the state
   * @param state of the server, at any moment
   * @throws IOException when it is not loopback, or the port is taken
   */
  public static MetricsPort open(
      InetSocketAddress address, ServerMetrics metrics, Supplier<ServerState> state)
      throws IOException {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "metrics are served on loopback only, not on " + address.getHostString());
    }
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException(
          "can't listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
    MetricsPort port = new MetricsPort(server);
    metrics.watch(state);
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    server.createContext("/", page("/", 404, "text/plain", out -> {}));
    server.createContext(
        "/metrics",
        page("/metrics", 200, writer.getContentType(), out -> writer.write(out, metrics.scrape())));
    server.createContext("/health", exchange -> health(exchange, state.get()));
    server.setExecutor(port.threads);
    server.start();
    return port;
  }

  /** The port's number. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void health(HttpExchange exchange, ServerState state) throws IOException {
    int status = state.isHealthy() ? 200 : 503;
    page("/health", status, JSON, out -> StatusJson.write(out, state)).handle(exchange);
  }

  private static HttpHandler page(String path, int status, String type, Page page) {
    return exchange -> {
      try (exchange) {
        boolean get = exchange.getRequestMethod().equals("GET");
        boolean here = exchange.getRequestURI().getPath().equals(path);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (get && here) {
          page.write(out);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        int answer = !get ? 405 : here ? status : 404;
        exchange.sendResponseHeaders(answer, out.size() == 0 ? -1 : out.size());
        out.writeTo(exchange.getResponseBody());
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
