package io.github.appaware.testkit;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.util.List;

/** An application, events, and short ways to write policies. */
public final class Samples {
  public static final Instant NOW = FakeClock.START;

  public static final Application APP =
      Application.builder()
          .file("app.jar")
          .path("/opt/app.jar")
          .sha256("9f86d081")
          .kind(Application.Kind.JAR)
          .jvm("17")
          .user("me")
          .pid(4711)
          .command(List.of("java", "-jar", "app.jar"))
          .directory("/opt")
          .build();

  private static final Address ADDRESS = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private Samples() {}

  /** The policy {@code p.toml} of these lines after a first line with the version. */
  public static Policy policy(String... lines) throws PolicyException {
    return PolicyReader.parse("p.toml", text(lines));
  }

  public static String text(String... lines) {
    return "version = 1\n" + String.join("\n", lines) + "\n";
  }

  public static Event connect(String host) {
    return connect(host, 443);
  }

  public static Event connect(String host, int port) {
    return new Event.Inet(EventKind.CONNECT, Protocol.TCP, ADDRESS, port).withHost(host);
  }
}
