package compat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;

// table: Vert.x
// maven: io.vertx:vertx-core:4.5.21
final class ReachVertx {
  private static final Vertx VERTX = Vertx.vertx();

  public static void main(String[] args) {
    Reach.main(args, ReachVertx::go);
  }

  private static void go(String host, int port) throws Exception {
    int status =
        VERTX
            .createHttpClient()
            .request(HttpMethod.GET, port, host, "/")
            .compose(request -> request.send())
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS)
            .statusCode();
    Reach.expect(status == 200, status);
  }
}
