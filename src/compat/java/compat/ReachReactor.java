package compat;

import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider.Proxy;

// table: Reactor Netty
// proxies: socks connect
// maven: io.projectreactor.netty:reactor-netty-http:1.2.10
final class ReachReactor {
  public static void main(String[] args) {
    Reach.main(args, ReachReactor::go);
  }

  private static void go(String host, int port) {
    HttpClient client = HttpClient.create();
    if (Reach.PROXY != null) {
      Proxy type = Reach.SOCKS ? Proxy.SOCKS5 : Proxy.HTTP;
      client = client.proxy(each -> each.type(type).host("127.0.0.1").port(Reach.PROXY));
    }
    int status = client.get().uri(Reach.url(host, port)).response().block().status().code();
    Reach.expect(status == 200, status);
  }
}
