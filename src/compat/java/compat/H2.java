package compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

// name: H2, server and driver
// maven: com.h2database:h2:2.3.232
final class H2 {
  public static void main(String[] args) {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Run.main(args, H2::serve, H2::talk);
  }

  private static int serve() throws SQLException {
    return Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start().getPort();
  }

  private static void talk(int port) throws SQLException {
    String url = "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:compat";
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t as select x, x * x as y from system_range(1, 1000)");
      try (ResultSet rows = statement.executeQuery("select sum(y), count(*) from t")) {
        rows.next();
        Run.say(rows.getLong(1) + " " + rows.getInt(2));
      }
    }
  }
}
