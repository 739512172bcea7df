package io.github.appaware.compat;

import java.util.List;
import java.util.Locale;

/**
 * What was found of one client that goes to names.
 *
 * @param client as the table calls it
 * @param version its own
 * @param allows whether a rule that allows one name lets it reach that name and no other
 * @param denies whether it can't reach a denied name, for which no query leaves the host either
 * @param resolve whether its look-up is on record
 * @param socks whether that holds behind a SOCKS proxy; {@code -} if it knows none
 * @param connect likewise behind one for CONNECT
 * @param origin the library that the record names
 */
record ClientFinding(
    String client,
    String version,
    boolean allows,
    boolean denies,
    boolean resolve,
    String socks,
    String connect,
    String origin) {
  private static final String HEAD =
      """
      | client | version | host rule allows | host rule denies | resolve event seen | behind SOCKS | behind CONNECT | origin named |
      |---|---|---|---|---|---|---|---|
      """;

  /** In Markdown. */
  static String table(List<ClientFinding> all) {
    StringBuilder text = new StringBuilder(HEAD);
    for (ClientFinding each : all) {
      text.append(each.row());
    }
    return text.toString();
  }

  private String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
        client,
        version,
        word(allows),
        word(denies),
        word(resolve),
        socks,
        connect,
        origin.isEmpty() ? "no" : "`" + origin + "`");
  }

  private static String word(boolean good) {
    return good ? "yes" : "no";
  }
}
