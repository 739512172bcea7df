package io.github.appaware.prompt;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Tunnel;
import io.github.appaware.wire.QuestionMessage.Question;
import java.util.ArrayList;
import java.util.List;

/** Words what a question is about. */
final class EventText {
  private static final int LONGEST_NAME = 160;
  private static final int LONGEST_MACHINE = 80;
  private static final int SHORT_HASH = 12;
  private static final int FEW_NAMES = 3;
  private static final int LONGEST_COMMAND = 160;

  private EventText() {}

  /** The event, and the machine if it has to be named. */
  static String describe(Question question) {
    String event = describe(question.event());
    return question.machine().isEmpty() ? event : event + " on " + machine(question);
  }

  /** The machine; empty for this one. */
  static String machine(Question question) {
    return LineFitter.printable(question.machine(), LONGEST_MACHINE);
  }

  /** One line: {@code connect tcp to example.com:443}. Long names lose their middle. */
  static String describe(Event event) {
    if (event instanceof Event.Inet inet && inet.host() != null) {
      return inet.kind().label()
          + " "
          + inet.protocol().label()
          + " "
          + inet.kind().preposition()
          + " "
          + LineFitter.printable(inet.host(), LONGEST_NAME)
          + ":"
          + inet.port();
    }
    if (event instanceof Event.Resolve resolve && resolve.host() != null) {
      String own = OwnName.is(resolve.host()) ? " (this machine's own name)" : "";
      return "look up " + LineFitter.printable(resolve.host(), LONGEST_NAME) + own;
    }
    if (event instanceof Event.Unix unix) {
      return unix.kind().label()
          + " unix "
          + unix.kind().preposition()
          + " "
          + LineFitter.printable(unix.path(), LONGEST_NAME);
    }
    if (event instanceof Tunnel tunnel) {
      return "connect tcp to "
          + end(tunnel.isUnknown(), tunnel.host(), tunnel.target(), tunnel.port())
          + " through proxy "
          + end(
              false, tunnel.through().host(), tunnel.through().endpoint(), tunnel.through().port());
    }
    if (event instanceof Event.Blind blind) {
      return "blind "
          + blind.way().label()
          + " "
          + LineFitter.printable(blind.what(), LONGEST_NAME);
    }
    return event.describe();
  }

  private static String end(boolean isUnknown, String host, String endpoint, int port) {
    return isUnknown || host == null
        ? endpoint
        : LineFitter.printable(host, LONGEST_NAME) + ":" + port;
  }

  /** The name that the application used, or null. */
  static String host(Event event) {
    if (event instanceof Event.Inet inet && inet.host() != null) {
      return inet.host();
    }
    if (event instanceof Tunnel tunnel) {
      return tunnel.host();
    }
    return event instanceof Event.Resolve resolve ? resolve.host() : null;
  }

  /** The address, its known names, the local port; empty when there is none. */
  static String address(Event event) {
    if (event instanceof Event.Inet inet) {
      StringBuilder text = new StringBuilder(inet.address().toString());
      if (inet.host() == null) {
        text.append(", ").append(names(inet.names()));
      }
      if (inet.localPort() != 0) {
        text.append(", own port ").append(inet.localPort());
      }
      return text.toString();
    }
    if (event instanceof Tunnel tunnel) {
      return behind(tunnel);
    }
    if (event instanceof Event.Unix unix && !unix.given().equals(unix.path())) {
      return "given as " + LineFitter.printable(unix.given(), LONGEST_NAME);
    }
    return "";
  }

  /** Why a name says nothing about the address; empty where it does. */
  static String namesChanged(Application app) {
    return app.changesNames()
        ? "not proven: " + LineFitter.printable(app.namesChangedBy(), LONGEST_NAME)
        : "";
  }

  private static String behind(Tunnel tunnel) {
    if (tunnel.isUnknown()) {
      return "what is asked of the proxy can't be observed";
    }
    if (tunnel.address() == null) {
      return "the proxy looks it up";
    }
    String address = tunnel.address().toString();
    return tunnel.host() == null ? address + ", " + names(tunnel.names()) : address;
  }

  /** The process that listens there; empty where the event leaves the machine. */
  static String peer(Event event) {
    Peer peer = event.peer();
    if (peer == null) {
      return "";
    }
    return switch (peer.place()) {
      case RUN -> peer.describe() + ", of this run";
      case OUTSIDE -> peer.describe() + ", NOT of this run: its work is not judged";
      case UNKNOWN -> "an unknown process";
      case NONE -> "no process yet";
    };
  }

  /** What is known of an address that was used without a name. */
  private static String names(List<String> known) {
    return known.isEmpty() ? "without a name" : "not asked for by name, known as " + listed(known);
  }

  private static String listed(List<String> known) {
    List<String> shown =
        known.stream().limit(FEW_NAMES).map(name -> LineFitter.printable(name, 60)).toList();
    String more = known.size() > FEW_NAMES ? " and " + (known.size() - FEW_NAMES) + " more" : "";
    return String.join(", ", shown) + more;
  }

  /** The application: name, id, hash, whether the policy knows it, process. */
  static String application(Question question) {
    var app = question.application();
    List<String> parts = new ArrayList<>();
    parts.add(LineFitter.printable(app.file(), 80));
    if (!app.id().isEmpty() && !app.id().equals(app.file())) {
      parts.add("id " + LineFitter.printable(app.id(), 40));
    }
    parts.add(
        switch (question.standing()) {
          case NEW -> "new";
          case KNOWN -> "known";
          case CHANGED -> "CHANGED since the policy knows it";
        });
    String hash = app.sha256();
    parts.add(
        hash.isEmpty()
            ? "not hashed"
            : "sha256 "
                + LineFitter.printable(hash.substring(0, Math.min(SHORT_HASH, hash.length())), 80)
                + "...");
    if (app.selfReported()) {
      parts.add("self-reported");
    }
    parts.add("process " + app.pid());
    if (!app.parent().isEmpty()) {
      parts.add("started by " + LineFitter.printable(app.parent(), 40));
    }
    if (!app.user().isEmpty()) {
      parts.add("as " + LineFitter.printable(app.user(), 40));
    }
    return String.join(", ", parts);
  }

  /** The command line: of the run's own target what the user typed. */
  static String command(Application app) {
    return LineFitter.printable(String.join(" ", app.command()), LONGEST_COMMAND);
  }

  /** The application's own code that led to a library's; empty when there is none. */
  static String caller(Origin origin) {
    Origin.Frame caller = origin.caller();
    if (caller == null) {
      return "";
    }
    String file = LineFitter.printable(caller.source().file(), 80);
    return frame(caller) + (file.isEmpty() ? "" : " in " + file);
  }

  private static String frame(Origin.Frame frame) {
    String line = frame.line() > 0 ? ":" + frame.line() : "";
    return LineFitter.printable(frame.type() + "." + frame.method(), 140) + line;
  }

  /** The code that caused the event: jar, class and method, thread. */
  static List<String> origin(Application app, Origin origin) {
    List<String> lines = new ArrayList<>();
    if (app.kind() == Application.Kind.NATIVE && app.jvm().isEmpty()) {
      lines.add("the program itself, which is not Java");
    } else if (origin.equals(Origin.NATIVE)) {
      return List.of("native code in the JVM, not the JDK");
    } else if (origin.frames().isEmpty()) {
      lines.add("unknown: the JDK's own threads do the work");
    } else {
      Origin.Frame frame = origin.frames().get(0);
      String file = LineFitter.printable(frame.source().file(), 80);
      String maven = LineFitter.printable(frame.source().maven(), 100);
      if (file.isEmpty()) {
        file = frame.source().path().isEmpty() ? "made at run time" : "a directory of classes";
      }
      lines.add(maven.isEmpty() ? file : file + " (" + maven + ")");
      lines.add(frame(frame));
    }
    if (!origin.thread().isEmpty()) {
      lines.add("thread " + LineFitter.printable(origin.thread(), 80));
    }
    return lines;
  }
}
