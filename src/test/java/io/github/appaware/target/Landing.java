package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes every connection to a port, at whatever address of this host, and ends it. To each line of
 * input it says how many there were so far to each /16 network: {@code 10.71=3 10.73=1}.
 */
public final class Landing {
  private static final Map<String, Integer> TAKEN = new TreeMap<>();

  private Landing() {}

  /** Argument: the port. */
  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]), 4_096);
    Thread taker = new Thread(() -> take(server));
    taker.setDaemon(true);
    taker.start();
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(taken());
    }
  }

  private static String taken() {
    StringBuilder text = new StringBuilder();
    synchronized (TAKEN) {
      TAKEN.forEach((network, count) -> text.append(network).append('=').append(count).append(' '));
    }
    return text.toString().strip();
  }

  private static void take(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        InetAddress address = socket.getLocalAddress();
        String network = (address.getAddress()[0] & 0xff) + "." + (address.getAddress()[1] & 0xff);
        synchronized (TAKEN) {
          TAKEN.merge(network, 1, Integer::sum);
        }
      } catch (IOException e) {
        System.err.println(e);
      }
    }
  }
}
