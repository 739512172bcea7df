package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random permissions: the imported policy and Deno's comparison of what the program wrote, written
 * down here, decide the same about connecting and listening.
 */
class DenoDecisionsTest {
  private static final List<String> FLAGS =
      List.of(
          "a.example",
          "a.example:443",
          "*.a.example",
          "*.a.example:80",
          "localhost",
          "localhost:8000",
          "127.0.0.1",
          "127.0.0.1:8000",
          ":8000",
          "0.0.0.0:8000,127.0.0.1:8000",
          "10.0.0.0/8",
          "10.0.0.0/8:443",
          "192.0.2.1:80",
          "[2001:db8::1]:443",
          "c.example:443");

  private static final List<String> HOSTS =
      List.of("", "a.example", "b.a.example", "c.example", "xa.example", "localhost");

  private static final List<String> FAR = List.of("10.9.9.9", "192.0.2.1", "2001:db8::1");
  private static final List<String> LOCAL = List.of("0.0.0.0", "127.0.0.1", "10.9.9.9");
  private static final int[] PORTS = {80, 443, 8000};
  private static final int LISTS = 400;
  private static final int ACTS = 30;

  /** Whether an entry is about what the program wrote: a name or an address, and a port. */
  private static boolean matches(String entry, String written, int port) {
    if (entry.startsWith(":")) {
      return List.of("0.0.0.0", "127.0.0.1", "localhost").stream()
          .anyMatch(host -> matches(host + entry, written, port));
    }
    String bare = entry.replace("[2001:db8::1]", "2001+db8++1");
    int colon = bare.indexOf(':');
    if (colon >= 0 && Integer.parseInt(bare.substring(colon + 1)) != port) {
      return false;
    }
    String host = (colon < 0 ? bare : bare.substring(0, colon)).replace('+', ':');
    if (host.equals("10.0.0.0/8")) {
      return written.matches("10\\.[0-9.]+");
    }
    if (host.startsWith("*.")) {
      return written.equals(host.substring(2)) || written.endsWith(host.substring(1));
    }
    return written.equals(host);
  }

  private static boolean matches(List<String> entries, String written, int port) {
    return entries.stream().anyMatch(entry -> matches(entry, written, port));
  }

  @Test
  void randomPermissionsDecideAsInDeno() {
    Random random = new Random(11);
    int exact = 0;
    int allowed = 0;
    for (int list = 0; list < LISTS; list++) {
      List<String> allow = some(random, 1 + random.nextInt(4));
      List<String> deny = random.nextInt(3) == 0 ? some(random, 1) : List.of();
      deny = deny.stream().filter(entry -> !entry.startsWith("localhost")).toList();
      boolean all = random.nextInt(8) == 0;
      Conversion conversion = new Conversion();
      DenoPermissions permissions = new DenoPermissions(conversion);
      List<String> words = new ArrayList<>(List.of("deno", "run"));
      words.add(all ? "--allow-net" : "--allow-net=" + String.join(",", allow));
      if (!deny.isEmpty()) {
        words.add("--deny-net=" + String.join(",", deny));
      }
      permissions.words("", words);
      permissions.finish("deno");
      if (!conversion.isExact()) {
        continue;
      }
      Imported policy = imported(conversion);
      for (int i = 0; i < ACTS; i++) {
        int port = PORTS[random.nextInt(PORTS.length)];
        boolean listens = random.nextInt(3) == 0;
        String host = listens ? "" : HOSTS.get(random.nextInt(HOSTS.size()));
        String address =
            listens
                ? LOCAL.get(random.nextInt(LOCAL.size()))
                : host.equals("localhost") ? "127.0.0.1" : FAR.get(random.nextInt(FAR.size()));
        String written = host.isEmpty() ? address : host;
        // A socket that listens on the loopback address is that of `localhost`, too.
        boolean local = listens && address.equals("127.0.0.1");
        boolean expected =
            (all || matches(allow, written, port) || (local && matches(allow, "localhost", port)))
                && !matches(deny, written, port)
                && !matches(deny, address, port);
        EventKind kind =
            listens
                ? random.nextBoolean() ? EventKind.BIND : EventKind.LISTEN
                : random.nextBoolean() ? EventKind.CONNECT : EventKind.SEND;
        Protocol protocol = kind == EventKind.SEND ? Protocol.UDP : Protocol.TCP;
        // A name is looked up first, which is denied for names that no entry is about.
        boolean reached = host.isEmpty() || policy.allows(Fixtures.resolve(host));
        assertThat(reached && policy.allows(Imported.event(kind, protocol, host, address, port)))
            .as("%s %s (%s) %d under %s", kind, written, address, port, words)
            .isEqualTo(expected);
        exact++;
        allowed += expected ? 1 : 0;
      }
    }
    assertThat(exact).isGreaterThan(LISTS * ACTS / 4);
    assertThat(allowed).isGreaterThan(exact / 10);
  }

  private static Imported imported(Conversion conversion) {
    try {
      return Imported.of(conversion, Action.DENY);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> some(Random random, int count) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.addAll(List.of(FLAGS.get(random.nextInt(FLAGS.size())).split(",")));
    }
    return entries;
  }
}
