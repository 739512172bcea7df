package com.acme.shop;

import static org.junit.Assert.assertEquals;

import com.acme.core.Sum;
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import org.junit.Test;

/** A server at a port that the system chooses, and a client of it. */
public class ShopTest {
  @Test
  public void sells() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1);
          exchange.getResponseBody().write(Sum.of(40, 2));
          exchange.close();
        });
    server.start();
    URL place = new URL("http://localhost:" + server.getAddress().getPort() + "/");
    try (InputStream answer = place.openStream()) {
      assertEquals(42, answer.read());
    } finally {
      server.stop(0);
    }
  }
}
