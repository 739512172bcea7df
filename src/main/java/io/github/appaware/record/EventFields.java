package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import java.io.IOException;

/** The fields of an event. */
public final class EventFields {
  private static final String EVENT = "event";
  private static final String PROTOCOL = "protocol";
  private static final String HOST = "host";
  private static final String NAMES = "names";
  private static final String ADDRESS = "address";
  private static final String PORT = "port";
  private static final String LOCAL = "local";
  private static final String EPHEMERAL = "ephemeral";
  private static final String PATH = "path";
  private static final String THROUGH = "through";
  private static final String GIVEN = "given";
  private static final String WAY = "way";
  private static final String WHAT = "what";

  private EventFields() {}

  /** Writes the fields into the object that was begun. */
  public static void write(JsonGenerator g, Event event) throws IOException {
    g.writeStringField(EVENT, event.kind().label());
    if (event instanceof Event.Resolve e) {
      Fields.text(g, HOST, e.host() == null ? "" : e.host());
      Fields.text(g, ADDRESS, e.address() == null ? "" : e.address().toString());
    } else if (event instanceof Event.Inet e) {
      g.writeStringField(PROTOCOL, e.protocol().label());
      Fields.text(g, HOST, e.host() == null ? "" : e.host());
      Fields.texts(g, NAMES, e.names());
      g.writeStringField(ADDRESS, e.address().toString());
      if (e.port() != 0 || !e.kind().isInbound()) {
        g.writeNumberField(PORT, e.port()); // else of several peers, whose ports did not matter
      }
      if (e.localPort() != 0) {
        g.writeNumberField(LOCAL, e.localPort());
      }
      if (e.ephemeral()) {
        g.writeBooleanField(EPHEMERAL, true);
      }
    } else if (event instanceof Event.Unix e) {
      g.writeStringField(PROTOCOL, Protocol.UNIX.label());
      g.writeStringField(PATH, e.path());
      if (!e.given().equals(e.path())) {
        g.writeStringField(GIVEN, e.given());
      }
    } else if (event instanceof Event.Blind e) {
      g.writeStringField(WAY, e.way().label());
      g.writeStringField(WHAT, e.what());
    } else if (event instanceof Tunnel e) {
      g.writeStringField(PROTOCOL, Protocol.TCP.label());
      if (!e.isUnknown()) {
        end(g, e.host(), e.address(), e.port());
      }
      Fields.texts(g, NAMES, e.names());
      g.writeObjectFieldStart(THROUGH);
      end(g, e.through().host(), e.through().address(), e.through().port());
      g.writeEndObject();
    }
    PeerFields.write(g, event.peer());
  }

  private static void end(JsonGenerator g, String host, Address address, int port)
      throws IOException {
    Fields.text(g, HOST, host == null ? "" : host);
    Fields.text(g, ADDRESS, address == null ? "" : address.toString());
    g.writeNumberField(PORT, port);
  }

  static Event read(JsonObject fields) throws RecordFormatException {
    EventKind kind = kind(fields.text(EVENT));
    String host = fields.text(HOST);
    if (fields.has(WAY)) {
      return new Event.Blind(way(fields.text(WAY)), fields.text(WHAT));
    }
    if (!fields.has(PROTOCOL)) {
      return fields.has(ADDRESS)
          ? new Event.Resolve(null, NormalAddress.parse(fields.text(ADDRESS)))
          : new Event.Resolve(host, null);
    }
    if (fields.has(THROUGH)) {
      return tunnel(fields);
    }
    Protocol protocol = protocol(fields.text(PROTOCOL));
    if (!fields.has(ADDRESS)) {
      String path = fields.text(PATH);
      String given = fields.has(GIVEN) ? fields.text(GIVEN) : path;
      return new Event.Unix(kind, path, given, PeerFields.read(fields));
    }
    try {
      return new Event.Inet(
          kind,
          protocol,
          NormalAddress.parse(fields.text(ADDRESS)),
          fields.integer(PORT),
          host.isEmpty() ? null : host,
          fields.texts(NAMES),
          fields.integer(LOCAL),
          PeerFields.read(fields),
          fields.has(EPHEMERAL) && fields.flag(EPHEMERAL));
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException(e.getMessage(), e);
    }
  }

  private static Tunnel tunnel(JsonObject fields) throws RecordFormatException {
    JsonObject proxy = fields.object(THROUGH);
    try {
      return new Tunnel(
          host(fields),
          fields.texts(NAMES),
          address(fields),
          fields.integer(PORT),
          new Proxy(host(proxy), address(proxy), proxy.integer(PORT)));
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException(e.getMessage(), e);
    }
  }

  private static String host(JsonObject fields) throws RecordFormatException {
    return fields.has(HOST) ? fields.text(HOST) : null;
  }

  private static Address address(JsonObject fields) throws RecordFormatException {
    return fields.has(ADDRESS) ? NormalAddress.parse(fields.text(ADDRESS)) : null;
  }

  private static EventKind kind(String label) throws RecordFormatException {
    return Fields.labelled(EventKind.values(), EventKind::label, label, "event");
  }

  private static Protocol protocol(String label) throws RecordFormatException {
    return Fields.labelled(Protocol.values(), Protocol::label, label, "protocol");
  }

  private static Event.Blind.Way way(String label) throws RecordFormatException {
    return Fields.labelled(Event.Blind.Way.values(), Event.Blind.Way::label, label, "way");
  }
}
