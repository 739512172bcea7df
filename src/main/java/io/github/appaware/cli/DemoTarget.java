package io.github.appaware.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What {@code appaware demo} wraps: an ordinary program that fetches two pages. JDK types only. */
public final class DemoTarget {
  private DemoTarget() {}

  /** Fetches each address and prints the result. */
  public static void main(String[] arguments) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String address : arguments) {
      try {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        System.out.println("GET " + address);
        System.out.println("  -> " + client.send(request, BodyHandlers.ofString()).body().strip());
      } catch (IOException e) {
        System.out.println("  -> " + innermost(e));
      }
    }
  }

  private static Throwable innermost(Throwable failure) {
    return failure.getCause() == null ? failure : innermost(failure.getCause());
  }
}
