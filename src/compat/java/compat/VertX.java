package compat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

// name: Vert.x
// maven: io.vertx:vertx-core:4.5.21
final class VertX {
  private static final Vertx VERTX = Vertx.vertx();

  public static void main(String[] args) {
    Run.main(args, VertX::serve, VertX::talk);
  }

  private static int serve() throws Exception {
    HttpServer server =
        VERTX
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
    return get(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    request.response().end(request.path() + " " + body.length());
  }

  private static void talk(int port) throws Exception {
    for (int i = 0; i < 5; i++) {
      Buffer body = Buffer.buffer(new byte[20_000 * i]);
      Run.say(
          get(
              VERTX
                  .createHttpClient()
                  .request(HttpMethod.POST, port, "127.0.0.1", "/vertx")
                  .compose(request -> request.send(body))
                  .compose(HttpClientResponse::body)));
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
