package io.github.appaware.record;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ServerMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A record in which every field occurs that there is, for tests of other rooms. */
public final class RecordSample {
  private static final Application APP =
      Application.builder()
          .id("billing")
          .file("billing-2.1.jar")
          .path("/opt/billing-2.1.jar")
          .sha256("00")
          .kind(Application.Kind.JAR)
          .maven("com.example:billing:2.1")
          .jvm("17")
          .user("me")
          .pid(1)
          .parent("starter")
          .directory("/")
          .selfReported(true)
          .namesChangedBy("`-Djdk.net.hosts.file=x` changes what names resolve to")
          .build();

  private static final Origin ORIGIN =
      new Origin(
          List.of(
              new Origin.Frame(
                  "lib.Client", "get", 7, "lib", new Origin.Source("/lib.jar", "00", "g:lib:1")),
              new Origin.Frame("app.Main", "main", 3, "", Origin.Source.NONE)),
          "main",
          true,
          "com.acme.StoreTest.saves");

  private RecordSample() {}

  /** Writes one event of each shape to a new file and returns the lines. */
  public static List<String> write(Path file) throws IOException {
    Address address = Address.of(new byte[] {127, 0, 0, 1});
    List<Event> events =
        List.of(
            new Event.Resolve("example.com", null),
            new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, 443).withHost("example.com"),
            new Event.Inet(EventKind.SEND, Protocol.UDP, address, 53)
                .withNames(List.of("ns.example.com")),
            new Event.Unix(EventKind.LISTEN, "/run/x"),
            new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, 8080)
                .withPeer(new Peer(Peer.Place.OUTSIDE, 4711, "me", "java", "GradleDaemon")),
            new Event.Unix(EventKind.CONNECT, "/run/x", "/var/run/x").withPeer(Peer.UNKNOWN),
            Tunnel.to("example.com", 443, new Proxy("proxy.example.com", address, 3128)),
            Tunnel.toUnknown(new Proxy("proxy.example.com", null, 3128)),
            new Event.Blind(Event.Blind.Way.PROCESS, "/bin/ls"));
    Reason reason = new Reason(Reason.Kind.RULE, "no-telemetry", "policy.toml:12");
    Verdict verdict = new Verdict(false, reason, Verdict.Reuse.ENDPOINT, 1);
    try (EventRecord record =
        EventRecord.to(FileSink.open(file), "host", line -> {}, ServerMeters.NONE)) {
      for (Event event : events) {
        record.write(new RecordEntry(Instant.EPOCH, "run", APP, event, ORIGIN, verdict, 1));
      }
      record.write(
          new RecordEntry(
              Instant.EPOCH, "run", APP, events.get(0), Origin.UNKNOWN, verdict, 2, true));
    }
    return Files.readAllLines(file);
  }
}
