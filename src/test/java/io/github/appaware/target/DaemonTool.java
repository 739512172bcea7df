package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A build tool of the shape of Gradle: a client that has its work done by a daemon, which it finds
 * by a directory that a property names, and starts where there is none. The work is to connect to a
 * port of 127.0.0.1. The daemon listens on 127.0.0.2.
 */
public final class DaemonTool {
  private static final String REGISTRY = "org.gradle.daemon.registry.base";

  private DaemonTool() {}

  /** {@code PORT DIRECTORY} as a client, {@code daemon DIRECTORY} as the daemon. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("daemon")) {
      serve(Path.of(arguments[1]));
      return;
    }
    Path registry = Path.of(System.getProperty(REGISTRY, arguments[1]));
    Files.createDirectories(registry);
    try (Socket daemon = daemon(registry)) {
      daemon.getOutputStream().write((arguments[0] + "\n").getBytes(StandardCharsets.UTF_8));
      System.out.println(lines(daemon).readLine());
    }
  }

  private static Socket daemon(Path registry) throws IOException {
    Socket found = connect(registry);
    if (found == null) {
      start(registry);
    }
    while (found == null) {
      Thread.onSpinWait();
      found = connect(registry);
    }
    return found;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Null when none is registered, or it is gone. */
  private static Socket connect(Path registry) {
    try {
      int port = Integer.parseInt(Files.readString(registry.resolve("registry")));
      return new Socket(InetAddress.getByName("127.0.0.2"), port);
    } catch (IOException e) {
      return null;
    }
  }

  private static void start(Path registry) throws IOException {
    File log = registry.resolve("daemon.out.log").toFile();
    Process unused =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DaemonTool.class.getName(),
                "daemon",
                registry.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
  }

  private static void serve(Path registry) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.2"))) {
      Path written = Files.writeString(registry.resolve("new"), "" + server.getLocalPort());
      Files.move(written, registry.resolve("registry"), StandardCopyOption.ATOMIC_MOVE);
      while (true) {
        try (Socket client = server.accept()) {
          String answer = phone(Integer.parseInt(lines(client).readLine())) + "\n";
          client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static String phone(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "PHONED " + socket.getPort();
    } catch (IOException e) {
      return "NO: " + e.getMessage();
    }
  }
}
