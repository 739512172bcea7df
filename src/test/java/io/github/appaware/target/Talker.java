package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that uses the terminal by its standard streams alone. Arguments: a port; {@code lines}
 * reads a line before and after it connects, {@code chatty} prints six lines a second while it does
 * so, {@code hooks} connects three times more when it ends, and never ends by itself.
 */
public final class Talker {
  private static volatile boolean over;

  private Talker() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    switch (arguments[1]) {
      case "lines" -> lines(port);
      case "chatty" -> chatty(port);
      case "hooks" -> hooks(port);
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static void lines(int port) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    say("1 <" + in.readLine() + ">");
    say("last but one");
    say("last");
    say(connect(port));
    say("2 <" + in.readLine() + ">");
  }

  /** It has printed before the question, and goes on after it until there is a file. */
  private static void chatty(int port) throws Exception {
    Thread speaker =
        new Thread(
            () -> {
              for (int i = 1; !over; i++) {
                say("tick " + i);
                LockSupport.parkNanos(160_000_000);
              }
            });
    speaker.start();
    say(connect(port));
    while (!Files.exists(Path.of("enough"))) {
      LockSupport.parkNanos(10_000_000);
    }
    over = true;
    speaker.join();
  }

  private static void hooks(int port) throws Exception {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    say("hook " + connect(port + i));
                  }
                }));
    say(connect(port));
    Thread.currentThread().join();
  }

  private static String connect(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "connected to " + socket.getPort();
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
