package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does what its input says, line by line, and prints one line for each: so a test can act between
 * two steps. At the end of the input it ends with the status of the last {@code exit}.
 */
public final class Steps {
  private static final List<Object> KEPT = new ArrayList<>();

  private Steps() {}

  /** Reads steps from the arguments, each one of them, then from the standard input. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (String step : arguments) {
      System.out.println(attempt(step));
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String step = in.readLine(); step != null; step = in.readLine()) {
      System.out.println(attempt(step));
    }
  }

  private static String attempt(String step) throws InterruptedException {
    try {
      return run(step.split(" "));
    } catch (IOException e) {
      return e.getClass().getName() + ": " + e.getMessage();
    }
  }

  private static String run(String[] words) throws IOException, InterruptedException {
    return switch (words[0]) {
      case "pid" -> String.valueOf(ProcessHandle.current().pid());
      case "connect" -> connect(new Socket(words[1], Integer.parseInt(words[2])));
      case "connect-labelled" -> {
        InetAddress forged = InetAddress.getByAddress(words[1], new byte[] {127, 0, 0, 9});
        yield connect(new Socket(forged, Integer.parseInt(words[2])));
      }
      case "connect-unix" -> {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(words[1]))) {
          yield "connected " + channel.isConnected();
        }
      }
      case "listen" -> listen(Integer.parseInt(words[1]));
      case "send" -> send(Integer.parseInt(words[1]));
      case "resolve" -> InetAddress.getByName(words[1]).getHostAddress();
      case "hosts" -> System.setProperty("jdk.net.hosts.file", words[1]);
      case "env" -> String.valueOf(System.getenv(words[1]));
      case "directory" -> Path.of("").toAbsolutePath().toString();
      case "stderr" -> {
        System.err.println(words[1]);
        yield "written";
      }
      case "on-exit" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(hook(words))));
        yield "registered";
      }
      case "exit" -> {
        System.exit(Integer.parseInt(words[1]));
        yield "";
      }
      case "child" -> child(words);
      case "fork" -> fork(Integer.parseInt(words[1]));
      default -> throw new IOException("no such step: " + words[0]);
    };
  }

  private static String connect(Socket socket) throws IOException {
    try (socket) {
      return "connected " + socket.getPort();
    }
  }

  private static String listen(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    KEPT.add(server);
    server.bind(new InetSocketAddress("127.0.0.1", port));
    return "listening";
  }

  private static String send(int port) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress("127.0.0.1", port));
      return "sent";
    }
  }

  private static String hook(String[] words) {
    try {
      return words.length == 1 ? "hook ran" : attempt(words[1].replace('_', ' '));
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private static String fork(int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      int unused = new ProcessBuilder("/bin/true").start().waitFor();
    }
    return "forked";
  }

  /** Starts this program again: {@code child KIND STEP_WITH_UNDERSCORES...}. */
  private static String child(String[] words) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    List<String> plain =
        List.of(java, "-cp", System.getProperty("java.class.path"), Steps.class.getName());
    if (words[1].equals("shell")) {
      command.addAll(List.of("/bin/sh", "-c", "exec \"$@\"", "sh"));
    }
    command.addAll(plain);
    for (int i = 2; i < words.length; i++) {
      command.add(words[i].replace('_', ' '));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    if (words[1].equals("bare")) {
      environment.clear();
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "child ended " + process.waitFor() + ": " + said.strip().replace("\n", " | ");
  }
}
