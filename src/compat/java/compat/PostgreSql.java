package compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

// name: PostgreSQL driver
// maven: org.postgresql:postgresql:42.7.8
// needs: postgresql
final class PostgreSql {
  public static void main(String[] args) {
    Run.main(args, null, PostgreSql::talk);
  }

  private static void talk(int port) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=5";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table t (id int primary key, text varchar)");
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
        for (int i = 0; i < 500; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.addBatch();
        }
        Run.say(insert.executeBatch().length);
      }
      try (ResultSet rows = statement.executeQuery("select count(*), max(text) from t")) {
        rows.next();
        Run.say(rows.getInt(1) + " " + rows.getString(2));
      }
    }
  }
}
