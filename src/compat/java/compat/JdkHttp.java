package compat;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

// name: JDK HttpClient, HttpURLConnection, HttpServer
final class JdkHttp {
  public static void main(String[] args) {
    Run.main(args, Http::serve, JdkHttp::talk);
  }

  private static void talk(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/jdk");
    HttpURLConnection old = (HttpURLConnection) uri.toURL().openConnection();
    old.setConnectTimeout(5000);
    Run.say(new String(old.getInputStream().readAllBytes(), "UTF-8"));
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(new byte[i * 1000])).build();
      answers.add(client.sendAsync(post, BodyHandlers.ofString()).thenApply(each -> each.body()));
    }
    for (CompletableFuture<String> answer : answers) {
      Run.say(answer.get());
    }
  }
}
