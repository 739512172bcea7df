package compat;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

// table: JDK HttpClient
// proxies: connect
final class ReachHttpClient {
  private static final HttpClient CLIENT =
      Reach.PROXY == null
          ? HttpClient.newHttpClient()
          : HttpClient.newBuilder().proxy(ProxySelector.of(Reach.proxy())).build();

  public static void main(String[] args) {
    Reach.main(args, ReachHttpClient::go);
  }

  private static void go(String host, int port) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(URI.create(Reach.url(host, port))).build();
    int status = CLIENT.send(get, HttpResponse.BodyHandlers.discarding()).statusCode();
    Reach.expect(status == 200, status);
  }
}
