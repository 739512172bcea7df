package compat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The server of the HTTP clients: responds with method, path and size of the body. */
final class Http {
  private Http() {}

  static int serve() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          answer.writeBytes(
              (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length)
                  .getBytes(StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("X-Seen", exchange.getProtocol());
          exchange.sendResponseHeaders(200, answer.size());
          exchange.getResponseBody().write(answer.toByteArray());
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }
}
