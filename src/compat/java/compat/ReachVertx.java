package compat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.concurrent.TimeUnit;

// table: Vert.x
// proxies: socks connect
// maven: io.vertx:vertx-core:4.5.21
final class ReachVertx {
  private static final Vertx VERTX = Vertx.vertx();

  public static void main(String[] args) {
    Reach.main(args, ReachVertx::go);
  }

  private static void go(String host, int port) throws Exception {
    HttpClientOptions options = new HttpClientOptions();
    if (Reach.PROXY != null) {
      options
          .setSsl(!Reach.SOCKS)
          .setProxyOptions(
              new ProxyOptions()
                  .setType(Reach.SOCKS ? ProxyType.SOCKS5 : ProxyType.HTTP)
                  .setHost("127.0.0.1")
                  .setPort(Reach.PROXY));
    }
    int status =
        VERTX
            .createHttpClient(options)
            .request(HttpMethod.GET, port, host, "/")
            .compose(request -> request.send())
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS)
            .statusCode();
    Reach.expect(status == 200, status);
  }
}
