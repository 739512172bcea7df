package io.github.appaware.server;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Tunnel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.util.List;

/**
 * The memory that something takes, in bytes, rather over- than underestimated. Limits on what
 * clients choose the length of are in bytes, not in numbers.
 */
final class MemoryCost {
  private static final int OBJECT = 64;
  private static final int CHARACTER = 2;

  private MemoryCost() {}

  /** An ask that waits for a person. */
  static long of(PendingAsk ask) {
    return OBJECT + of(ask.event()) + of(ask.origin());
  }

  /** A message that may be lost; 0 for a short one. */
  static long of(Message message) {
    if (message instanceof QuestionMessage.Happened happened) {
      return of(happened.line());
    } else if (message instanceof QuestionMessage.Question question) {
      return OBJECT + of(question.event()) + of(question.origin());
    }
    return 0;
  }

  private static long of(Event event) {
    if (event instanceof Event.Inet inet) {
      return OBJECT + (inet.host() == null ? 0 : of(inet.host())) + of(inet.names());
    } else if (event instanceof Event.Resolve resolve) {
      return OBJECT + (resolve.host() == null ? 0 : of(resolve.host()));
    } else if (event instanceof Event.Unix unix) {
      return OBJECT + of(unix.path()) + of(unix.given());
    } else if (event instanceof Tunnel tunnel) {
      String proxy = tunnel.through().host();
      long names = (tunnel.host() == null ? 0 : of(tunnel.host())) + of(tunnel.names());
      return 2 * OBJECT + names + (proxy == null ? 0 : of(proxy));
    }
    return OBJECT + of(((Event.Blind) event).what());
  }

  private static long of(Origin origin) {
    long bytes = of(origin.thread());
    for (Origin.Frame frame : origin.frames()) {
      Origin.Source source = frame.source();
      bytes += 2 * OBJECT + of(frame.type()) + of(frame.method()) + of(frame.module());
      bytes += of(source.path()) + of(source.sha256()) + of(source.maven());
    }
    return bytes;
  }

  private static long of(List<String> texts) {
    long bytes = OBJECT;
    for (String text : texts) {
      bytes += of(text);
    }
    return bytes;
  }

  private static long of(String text) {
    return OBJECT + (long) CHARACTER * text.length();
  }
}
