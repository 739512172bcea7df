package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.EnrolledClient;
import io.github.appaware.trust.OpenToken;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's enrolled clients and open tokens, for people or for programs. */
final class EnrolledTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mmXXX", Locale.ROOT);

  private final List<EnrolledClient> clients;
  private final List<OpenToken> tokens;
  private final Instant now;

  private EnrolledTable(List<EnrolledClient> clients, List<OpenToken> tokens, Instant now) {
    this.clients = clients;
    this.tokens = tokens;
    this.now = now;
  }

  static EnrolledTable of(Authority authority, Instant now) throws IOException {
    return new EnrolledTable(authority.clients(), authority.openTokens(), now);
  }

  /**
   * Prints both.
   *
   * @param connected what to say of a name that is connected; null where no server was asked
   */
  void print(Console console, ZoneId zone, Map<String, String> connected) {
    if (clients.isEmpty()) {
      console.out().println("no client has enrolled");
    } else {
      Table table =
          connected == null
              ? new Table("NAME", "ROLE", "ENROLLED", "CERTIFICATE")
              : new Table("NAME", "ROLE", "ENROLLED", "CERTIFICATE", "CONNECTED");
      for (EnrolledClient client : clients) {
        String enrolled = TIME.format(client.enrolled().atZone(zone));
        String name = client.name();
        String role = client.role().label();
        table.add(
            connected == null
                ? List.of(name, role, enrolled, certificate(client, zone))
                : List.of(
                    name,
                    role,
                    enrolled,
                    certificate(client, zone),
                    connected.getOrDefault(name, "-")));
      }
      table.lines().forEach(console.out()::println);
    }
    for (OpenToken token : tokens) {
      console
          .out()
          .println(
              "token: "
                  + token.role().label()
                  + (token.name().isEmpty() ? ", any unused name" : " `" + token.name() + "`")
                  + ", valid until "
                  + TIME.format(token.expiry().atZone(zone)));
    }
  }

  private String certificate(EnrolledClient client, ZoneId zone) {
    if (client.revoked()) {
      return "revoked";
    }
    if (client.expiry().isEmpty()) {
      return "valid"; // enrolled by an earlier version, whose register does not tell
    }
    String time = TIME.format(client.expiry().get().atZone(zone));
    return (client.isInvalid(now) ? "expired " : "until ") + time;
  }

  /** Writes the fields {@code enrolled} and {@code tokens}. */
  void write(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("enrolled");
    for (EnrolledClient client : clients) {
      g.writeStartObject();
      g.writeStringField("name", client.name());
      g.writeStringField("role", client.role().label());
      g.writeStringField("enrolled", client.enrolled().toString());
      if (client.expiry().isPresent()) {
        g.writeStringField("expires", client.expiry().get().toString());
      }
      g.writeBooleanField("revoked", client.revoked());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeArrayFieldStart("tokens");
    for (OpenToken token : tokens) {
      g.writeStartObject();
      g.writeStringField("role", token.role().label());
      JsonLine.text(g, "name", token.name());
      g.writeStringField("expires", token.expiry().toString());
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
