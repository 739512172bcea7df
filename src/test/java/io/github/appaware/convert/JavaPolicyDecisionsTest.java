package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import java.net.SocketPermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random Java policies: the imported policy decides as the JDK's own {@link SocketPermission}. Only
 * addresses and {@code localhost} are asked about there, as that class looks names up.
 */
class JavaPolicyDecisionsTest {
  private static final List<String> RANGES =
      List.of(
          "",
          ":80",
          ":-1023",
          ":1024-",
          ":8000-8099",
          ":0",
          ":0-1023",
          ":*",
          ":20000-61000",
          ":443-",
          ":-65535",
          ":32768-60999");

  private static final List<String> ACTIONS =
      List.of("connect", "listen", "accept", "resolve", "CONNECT, accept", "listen,resolve");

  private static final int[] PORTS = {
    1, 80, 443, 1023, 1024, 8000, 8100, 32767, 32768, 60999, 61000
  };

  @Test
  void randomPermissionsDecideAsInTheJdk() throws Exception {
    assumeTrue(
        isEphemeral(32768) && isEphemeral(60999) && !isEphemeral(32767) && !isEphemeral(61000),
        "the system's ephemeral ports are not the usual ones");
    Random random = new Random(5);
    int all = 0;
    int allowed = 0;
    for (int file = 0; file < 300; file++) {
      boolean local = random.nextBoolean();
      List<String> hosts =
          local
              ? List.of("localhost", "", "127.0.0.1", "*")
              : List.of("192.0.2.1", "10.0.0.1", "[2001:db8::1]", "*", "127.0.0.1");
      List<SocketPermission> granted = new ArrayList<>();
      StringBuilder text = new StringBuilder("grant {\n");
      for (int i = random.nextInt(3); i >= 0; i--) {
        String target =
            hosts.get(random.nextInt(hosts.size())) + RANGES.get(random.nextInt(RANGES.size()));
        String actions = ACTIONS.get(random.nextInt(ACTIONS.size()));
        String kind = "java.net.SocketPermission";
        text.append("permission ")
            .append(random.nextBoolean() ? '"' + kind + '"' : kind)
            .append(" \"%s\", \"%s\";\n".formatted(target, actions));
        granted.add(new SocketPermission(target, actions));
      }
      Conversion conversion = new Conversion();
      JavaPolicy.convert("x.policy", text + "};\n", conversion);
      Imported policy = Imported.of(conversion, Action.DENY);
      List<String> far =
          local ? List.of("127.0.0.1") : List.of("192.0.2.1", "10.0.0.1", "2001:db8::1");
      for (int port : PORTS) {
        String address = far.get(random.nextInt(far.size()));
        String target = (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        for (EventKind kind : List.of(EventKind.CONNECT, EventKind.ACCEPT, EventKind.LISTEN)) {
          boolean listens = kind == EventKind.LISTEN;
          SocketPermission asked =
              new SocketPermission(
                  listens ? "localhost:" + port : target, kind.name().toLowerCase(Locale.ROOT));
          boolean expected = granted.stream().anyMatch(one -> one.implies(asked));
          String own = listens ? random.nextBoolean() ? "0.0.0.0" : "127.0.0.1" : address;
          assertThat(policy.allows(Imported.event(kind, Protocol.TCP, "", own, port)))
              .as("%s under %s", asked, text)
              .isEqualTo(expected);
          all++;
          allowed += expected ? 1 : 0;
        }
      }
      SocketPermission free = new SocketPermission("localhost:0", "listen");
      assertThat(policy.allows(Imported.event(EventKind.BIND, Protocol.TCP, "", "127.0.0.1", 0)))
          .as("any free port under %s", text)
          .isEqualTo(granted.stream().anyMatch(one -> one.implies(free)));
      if (local) {
        SocketPermission name = new SocketPermission("localhost", "resolve");
        assertThat(policy.allows(Fixtures.resolve("localhost")))
            .as("look-up of localhost under %s", text)
            .isEqualTo(granted.stream().anyMatch(one -> one.implies(name)));
      }
    }
    assertThat(allowed).isBetween(all / 10, all * 9 / 10);
  }

  @Test
  void namesAreComparedWithTheNameAskedFor() throws Exception {
    List<String> targets =
        List.of("a.example:443", "A.Example", "*.a.example:-1023", "*.b.example", "*:8080");
    List<String> asked =
        List.of(
            "a.example", "x.a.example", "y.x.a.example", "xa.example", "b.example", "q.b.example");
    for (String target : targets) {
      for (String action : List.of("connect", "resolve", "accept")) {
        Conversion conversion = new Conversion();
        JavaPolicy.convert(
            "x.policy",
            "grant { permission java.net.SocketPermission \"%s\", \"%s\"; };"
                .formatted(target, action),
            conversion);
        Imported policy = Imported.of(conversion, Action.DENY);
        for (String name : asked) {
          String pattern = target.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
          boolean named =
              pattern.startsWith("*") ? name.endsWith(pattern.substring(1)) : name.equals(pattern);
          assertThat(policy.allows(Fixtures.resolve(name)))
              .as("%s %s", target, name)
              .isEqualTo(named);
          for (int port : new int[] {80, 443, 8080, 40000}) {
            boolean inRange =
                switch (target.replaceFirst("[^:]*:?", "")) {
                  case "443" -> port == 443;
                  case "-1023" -> port != 8080;
                  case "8080" -> port == 8080;
                  default -> true;
                };
            assertThat(
                    policy.allows(
                        Imported.event(EventKind.CONNECT, Protocol.TCP, name, "192.0.2.1", port)))
                .as("%s %s %s %d", target, action, name, port)
                .isEqualTo(named && inRange && action.equals("connect"));
          }
        }
      }
    }
  }

  /** Whether the JDK takes the port for one of the system's. */
  private static boolean isEphemeral(int port) {
    return new SocketPermission("*:0", "listen")
        .implies(new SocketPermission("*:" + port, "listen"));
  }
}
