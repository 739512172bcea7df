package compat;

import java.net.HttpURLConnection;
import java.net.URI;

// table: JDK HttpURLConnection
// proxies: socks connect
final class ReachUrlConnection {
  public static void main(String[] args) {
    Reach.main(args, ReachUrlConnection::go);
  }

  private static void go(String host, int port) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(Reach.url(host, port)).toURL().openConnection(Reach.socketProxy());
    Reach.expect(connection.getResponseCode() == 200, connection.getResponseCode());
  }
}
