package io.github.appaware.prompt;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.util.List;

/** Questions as a server would put them. */
final class Samples {
  static final Application APP =
      Application.builder()
          .file("app.jar")
          .path("/home/me/app.jar")
          .sha256("3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa3f2a9c0177aa0123")
          .kind(Application.Kind.JAR)
          .jvm("17.0.15")
          .user("me")
          .pid(4242)
          .command(List.of("java", "-jar", "app.jar"))
          .directory("/home/me")
          .build();

  private Samples() {}

  static Event connect(String host, int port) {
    Address address = Address.of(new byte[] {(byte) 151, 101, 64, (byte) 209});
    Event.Inet event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, port);
    return host.isEmpty() ? event : event.withHost(host);
  }

  static Origin origin(String type, String method, String thread) {
    return new Origin(
        List.of(
            new Origin.Frame(
                type,
                method,
                284,
                "",
                new Origin.Source(
                    "/home/me/lib/okhttp-4.12.0.jar", "", "com.squareup.okhttp3:okhttp:4.12.0"))),
        thread);
  }

  static Question question(long id, String host) {
    return question(id, host, 30_000, 0);
  }

  static Question question(long id, String host, long left, int others) {
    return of(
        id,
        connect(host, 443),
        origin("okhttp3.internal.connection.RealConnection", "connectSocket", "main"),
        host,
        left,
        others);
  }

  static Question of(long id, Event event, Origin origin, String host, long left, int others) {
    return new Question(
        id,
        "run-1",
        "localhost",
        APP,
        Standing.NEW,
        event,
        origin,
        3,
        left,
        30_000,
        others,
        List.of(
            new Offer(Scope.ENDPOINT, host + ":443"),
            new Offer(Scope.HOST, host + ", any port"),
            new Offer(Scope.DOMAIN, "maven.org and all below"),
            new Offer(Scope.ORIGIN, "com.squareup.okhttp3:okhttp to anywhere"),
            new Offer(Scope.APPLICATION, "app.jar to anywhere")));
  }
}
