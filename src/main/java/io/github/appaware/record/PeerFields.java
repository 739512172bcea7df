package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Peer;
import java.io.IOException;

/** The object {@code peer}: the process at the other end. */
final class PeerFields {
  private static final String PEER = "peer";
  private static final String PLACE = "place";
  private static final String PID = "pid";
  private static final String USER = "user";
  private static final String FILE = "file";
  private static final String PROGRAM = "program";

  private PeerFields() {}

  /** Writes the object, or nothing where there is no process. */
  static void write(JsonGenerator g, Peer peer) throws IOException {
    if (peer == null || peer.place() == Peer.Place.NONE) {
      return;
    }
    g.writeObjectFieldStart(PEER);
    g.writeStringField(PLACE, peer.place().label());
    if (peer.pid() != 0) {
      g.writeNumberField(PID, peer.pid());
    }
    Fields.text(g, USER, peer.user());
    Fields.text(g, FILE, peer.file());
    Fields.text(g, PROGRAM, peer.program());
    g.writeEndObject();
  }

  /** Null where the line has none. */
  static Peer read(JsonObject line) throws RecordFormatException {
    if (!line.has(PEER)) {
      return null;
    }
    JsonObject peer = line.object(PEER);
    Peer.Place place =
        Fields.labelled(Peer.Place.values(), Peer.Place::label, peer.text(PLACE), PLACE);
    return new Peer(place, peer.number(PID), peer.text(USER), peer.text(FILE), peer.text(PROGRAM));
  }
}
