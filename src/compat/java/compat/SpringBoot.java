package compat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

// name: Spring Boot fat jar, Spring MVC on Tomcat
// maven: org.springframework.boot:spring-boot-starter-web:3.5.6
// also: org.springframework.boot:spring-boot-loader:3.5.6
// fat-jar: org.springframework.boot.loader.launch.JarLauncher
@SpringBootApplication
@RestController
public class SpringBoot {
  public static void main(String[] args) {
    Run.main(args, SpringBoot::serve, SpringBoot::talk);
  }

  @PostMapping("/spring")
  Map<String, Integer> length(@RequestBody String body) {
    return Map.of("length", body.length());
  }

  private static int serve() {
    SpringApplication application = new SpringApplication(SpringBoot.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "logging.level.root", "off",
            "spring.main.banner-mode", "off"));
    return ((ServletWebServerApplicationContext) application.run()).getWebServer().getPort();
  }

  private static void talk(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 1; i < 6; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/spring"))
              .header("Content-Type", "text/plain")
              .POST(HttpRequest.BodyPublishers.ofString("s".repeat(i * 10_000)))
              .build();
      Run.say(client.send(post, BodyHandlers.ofString()).body());
    }
  }
}
