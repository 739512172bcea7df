package compat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.logging.LogManager;
import org.apache.catalina.Context;

// name: Tomcat, embedded
// maven: org.apache.tomcat.embed:tomcat-embed-core:11.0.10
final class Tomcat {
  public static void main(String[] args) {
    LogManager.getLogManager().reset();
    Run.main(args, Tomcat::serve, Tomcat::talk);
  }

  private static int serve() throws Exception {
    org.apache.catalina.startup.Tomcat tomcat = new org.apache.catalina.startup.Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("compat-tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setThrowOnFailure(true);
    Context context = tomcat.addContext("", null);
    tomcat.addServlet(
        "",
        "hello",
        new HttpServlet() {
          @Override
          protected void doPost(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            response
                .getWriter()
                .print(
                    request.getRequestURI() + " " + request.getInputStream().readAllBytes().length);
          }
        });
    context.addServletMappingDecoded("/*", "hello");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  private static void talk(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 5; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/tomcat"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000 * i]))
              .build();
      Run.say(client.send(post, BodyHandlers.ofString()).body());
    }
  }
}
