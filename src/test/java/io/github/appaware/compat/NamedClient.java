package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A client that goes to names: a row of the table. */
interface NamedClient {
  String name();

  String version();

  /**
   * The command that goes to these names, at the name server's own port.
   *
   * @param directory to leave files in
   */
  List<String> command(Jdk jdk, Path directory, List<String> names) throws IOException;

  /** The kinds of proxies that it can be told to go through: {@code socks}, {@code connect}. */
  default List<String> proxies() {
    return List.of();
  }

  /**
   * The command that goes to these names through a proxy at that port of the loopback address; the
   * first certificate that it gets there is one that it does not trust.
   */
  default List<String> command(Jdk jdk, Path directory, List<String> names, String kind, int port)
      throws IOException {
    throw new UnsupportedOperationException(kind);
  }

  /** Whether it got its answer from a name. */
  boolean reached(Result result, String name);

  /** What it needs besides to be allowed, as rules. */
  default String rules() {
    return "";
  }

  /** Whether it can go to several names in one run. */
  default boolean several() {
    return true;
  }
}
