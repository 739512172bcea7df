package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what people are shown so that it fits into a message: an application with long names must
 * not close the connection to the person who is asked about it.
 */
public final class Truncation {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_WORD_LENGTH = 200;
  private static final int MAX_LINE_LENGTH = 2_000;
  private static final int MAX_WORDS = 16;
  private static final int MAX_HOSTS = 4;

  /** What a list on the wire can hold, less one for the last line. */
  private static final int MAX_LINES = 63;

  private Truncation() {}

  public static Application of(Application app) {
    List<String> command = app.command().subList(0, Math.min(MAX_WORDS, app.command().size()));
    return Application.builder()
        .id(end(app.id()))
        .file(end(app.file()))
        .path(end(app.path()))
        .sha256(end(app.sha256()))
        .kind(app.kind())
        .maven(end(app.maven()))
        .jvm(end(app.jvm()))
        .user(end(app.user()))
        .pid(app.pid())
        .parent(end(app.parent()))
        .command(command.stream().map(word -> end(word, MAX_WORD_LENGTH)).toList())
        .directory(end(app.directory()))
        .selfReported(app.selfReported())
        .namesChangedBy(end(app.namesChangedBy()))
        .build();
  }

  static Event of(Event event) {
    if (event instanceof Event.Inet inet) {
      return inet.host() != null
          ? inet.withHost(end(inet.host()))
          : inet.withNames(inet.names().stream().limit(MAX_HOSTS).map(Truncation::end).toList());
    } else if (event instanceof Event.Unix unix) {
      return new Event.Unix(unix.kind(), end(unix.path()), end(unix.given()), unix.peer());
    } else if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      return new Event.Resolve(end(resolve.host()), null);
    } else if (event instanceof Tunnel tunnel) {
      Proxy proxy = tunnel.through();
      Tunnel through =
          proxy.host() == null
              ? tunnel
              : tunnel.withThrough(new Proxy(end(proxy.host()), proxy.address(), proxy.port()));
      return tunnel.host() != null
          ? through.withHost(end(tunnel.host()))
          : through.withNames(
              tunnel.names().stream().limit(MAX_HOSTS).map(Truncation::end).toList());
    }
    return event;
  }

  /** The end of a name, which says most. */
  private static String end(String text) {
    return end(text, MAX_LENGTH);
  }

  private static String end(String text, int longest) {
    return text.length() <= longest ? text : "..." + text.substring(text.length() - longest);
  }

  /**
   * The first of the texts, as many as fit; a last line says how many are missing.
   *
   * @param most bytes of all of them
   * @param comment how added lines begin: {@code "# "}
   */
  static List<String> fitting(List<String> texts, int most, String comment) {
    List<String> shown = new ArrayList<>();
    int bytes = 0;
    for (String text : texts) {
      String line =
          text.length() <= MAX_LINE_LENGTH ? text : comment + "one is too long to be shown";
      bytes += line.getBytes(StandardCharsets.UTF_8).length + 2;
      boolean isLast = shown.size() == texts.size() - 1;
      if (bytes > most || (shown.size() == MAX_LINES && !isLast)) {
        shown.add(comment + "and " + (texts.size() - shown.size()) + " more");
        break;
      }
      shown.add(line);
    }
    return shown;
  }

  /** Whether all lines fit as they are. */
  static boolean fits(List<String> lines, int most) {
    return fitting(lines, most, "").equals(lines);
  }
}
