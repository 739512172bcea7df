package compat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;

// maven: org.postgresql:postgresql:42.7.8
// needs: postgresql
final class PostgreSqlOnly {
  public static void main(String[] args) {
    Run.main(args, null, PostgreSqlOnly::talk);
  }

  /** Runs twice, so that the second verdicts come from the agent's cache. */
  private static void talk(int port) throws Exception {
    for (int i = 0; i < 2; i++) {
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
      try (Connection connection = DriverManager.getConnection(url)) {
        Run.say("driver: " + connection.isValid(5));
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        Run.say("own: connected");
      } catch (IOException e) {
        Run.say("own: " + e.getMessage());
      }
    }
  }
}
