package compat;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

// name: Jetty, server and client
// maven: org.eclipse.jetty:jetty-server:12.0.25
// also: org.eclipse.jetty:jetty-client:12.0.25
// also: org.slf4j:slf4j-nop:2.0.17
final class Jetty {
  public static void main(String[] args) {
    Run.main(args, Jetty::serve, Jetty::talk);
  }

  private static int serve() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            String body = Content.Source.asString(request, StandardCharsets.UTF_8);
            Content.Sink.write(
                response, true, request.getHttpURI().getPath() + " " + body.length(), callback);
            return true;
          }
        });
    server.start();
    return connector.getLocalPort();
  }

  private static void talk(int port) throws Exception {
    HttpClient client = new HttpClient();
    client.start();
    for (int i = 0; i < 5; i++) {
      Run.say(
          client
              .POST("http://127.0.0.1:" + port + "/jetty")
              .body(new StringRequestContent("y".repeat(30_000 * i)))
              .send()
              .getContentAsString());
    }
  }
}
