package compat;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

// name: Reactor Netty, as it comes (epoll)
// maven: io.projectreactor.netty:reactor-netty-http:1.2.10
final class ReactorNetty {
  public static void main(String[] args) {
    Run.main(args, ReactorNetty::serve, ReactorNetty::talk);
  }

  private static int serve() {
    return HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle(
            (request, response) ->
                response.sendString(
                    request.receive().aggregate().asString().map(body -> "got " + body.length())))
        .bindNow()
        .port();
  }

  private static void talk(int port) {
    for (int i = 1; i < 6; i++) {
      Run.say(
          HttpClient.create()
              .post()
              .uri("http://127.0.0.1:" + port + "/reactor")
              .send(ByteBufMono.fromString(Mono.just("z".repeat(10_000 * i))))
              .responseContent()
              .aggregate()
              .asString()
              .block());
    }
  }
}
