package compat;

import reactor.netty.http.client.HttpClient;

// table: Reactor Netty
// maven: io.projectreactor.netty:reactor-netty-http:1.2.10
final class ReachReactor {
  public static void main(String[] args) {
    Reach.main(args, ReachReactor::go);
  }

  private static void go(String host, int port) {
    int status =
        HttpClient.create()
            .get()
            .uri("http://" + host + ":" + port + "/")
            .response()
            .block()
            .status()
            .code();
    Reach.expect(status == 200, status);
  }
}
