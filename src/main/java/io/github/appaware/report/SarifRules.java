package io.github.appaware.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.EventKind;
import java.io.IOException;
import java.util.Locale;

/** The kinds of alerts: one for each kind of event, always the same ones in the same order. */
final class SarifRules {
  private static final String HELP =
      "The policy of appaware did not allow this. The alert names the library that caused it, the"
          + " code of the application that called the library, and the rule or default that decided."
          + " If the application needs it, add the rule that the alert shows to the policy;"
          + " otherwise remove or configure the library. `appaware policy explain` shows why the"
          + " policy decides so.";

  private SarifRules() {}

  static String id(EventKind kind) {
    return "denied-" + kind.label();
  }

  @SuppressWarnings("EnumOrdinal") // the rules are written in the order of the kinds
  static int index(EventKind kind) {
    return kind.ordinal();
  }

  /** What the application was about to do, in words. */
  private static String words(EventKind kind) {
    return switch (kind) {
      case RESOLVE -> "Look-up of a host name";
      case CONNECT -> "Connection to another host";
      case BIND -> "Binding of a local address";
      case LISTEN -> "Listening for connections";
      case ACCEPT -> "Connection from a peer";
      case SEND -> "Sending of a datagram";
      case RECEIVE -> "Datagram from a peer";
      case BLIND -> "Start of code that cannot be observed";
    };
  }

  static void write(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("rules");
    for (EventKind kind : EventKind.values()) {
      String name = kind.label();
      g.writeStartObject();
      g.writeStringField("id", id(kind));
      g.writeStringField(
          "name", "Denied" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
      text(g, "shortDescription", words(kind) + " denied");
      text(
          g,
          "fullDescription",
          words(kind) + " that the policy of appaware denies, or would deny in audit mode.");
      text(g, "help", HELP);
      g.writeObjectFieldStart("defaultConfiguration");
      g.writeStringField("level", "error");
      g.writeEndObject();
      g.writeObjectFieldStart("properties");
      g.writeStringField("precision", "very-high");
      g.writeStringField("problem.severity", "error");
      g.writeArrayFieldStart("tags");
      g.writeString("network");
      g.writeString("security");
      g.writeEndArray();
      g.writeEndObject();
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  /** An object that holds a message. */
  static void text(JsonGenerator g, String field, String text) throws IOException {
    g.writeObjectFieldStart(field);
    g.writeStringField("text", text);
    g.writeEndObject();
  }
}
