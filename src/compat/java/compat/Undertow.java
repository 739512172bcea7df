package compat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.logging.LogManager;

// name: Undertow
// maven: io.undertow:undertow-core:2.3.19.Final
final class Undertow {
  public static void main(String[] args) {
    LogManager.getLogManager().reset();
    Run.main(args, Undertow::serve, Undertow::talk);
  }

  private static int serve() {
    io.undertow.Undertow server =
        io.undertow.Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                exchange ->
                    exchange
                        .getRequestReceiver()
                        .receiveFullBytes(
                            (each, body) ->
                                each.getResponseSender()
                                    .send(each.getRequestPath() + " " + body.length)))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static void talk(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 5; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/undertow"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000 * i]))
              .build();
      Run.say(client.send(post, BodyHandlers.ofString()).body());
    }
  }
}
