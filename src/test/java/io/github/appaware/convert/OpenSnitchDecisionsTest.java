package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sets of OpenSnitch rules: the imported policy and OpenSnitch's own search, written down
 * here as its loader has it, decide the same about random connections.
 */
class OpenSnitchDecisionsTest {
  private static final List<String> HOSTS = List.of("", "a.example", "b.a.example", "c.example");
  private static final List<String> ADDRESSES =
      List.of("127.0.0.1", "10.1.2.3", "192.0.2.7", "2001:db8::1");
  private static final int[] PORTS = {53, 80, 443, 8080};
  private static final int SETS = 150;
  private static final int CONNECTIONS = 40;

  private record Connection(String host, String address, int port, String protocol) {}

  private record Condition(String type, String operand, String data) {
    String json() {
      return "{\"type\":\"%s\",\"operand\":\"%s\",\"data\":\"%s\"}"
          .formatted(type, operand, data.replace("\\", "\\\\"));
    }

    boolean matches(Connection made) {
      if (operand.equals("true")) {
        return true;
      }
      if (type.equals("network")) {
        String network = data.substring(0, data.indexOf('.') + 1);
        return made.address().startsWith(network); // only /8 here
      }
      String value =
          switch (operand) {
            case "dest.host" -> made.host();
            case "dest.ip" -> made.address();
            case "dest.port" -> String.valueOf(made.port());
            default -> made.protocol();
          };
      return type.equals("regexp")
          ? Pattern.compile(data.toLowerCase(Locale.ROOT)).matcher(value).find()
          : value.equalsIgnoreCase(data);
    }
  }

  private record Rule(
      String name, boolean enabled, boolean precedence, String action, List<Condition> all) {
    String json() {
      String operator =
          all.size() == 1
              ? all.get(0).json()
              : "{\"type\":\"list\",\"operand\":\"list\",\"data\":\"\",\"list\":%s}"
                  .formatted(all.stream().map(Condition::json).toList());
      return ("{\"name\":\"%s\",\"enabled\":%s,\"precedence\":%s,\"nolog\":true,\"action\":\"%s\","
              + "\"duration\":\"always\",\"operator\":%s}")
          .formatted(name, enabled, precedence, action, operator);
    }

    boolean matches(Connection made) {
      return all.stream().allMatch(one -> one.matches(made));
    }
  }

  /** {@code FindFirstMatch}: null where OpenSnitch would ask. */
  private static String decision(List<Rule> rules, Connection made) {
    String match = null;
    for (Rule rule : rules.stream().sorted(Comparator.comparing(Rule::name)).toList()) {
      if (rule.enabled() && rule.matches(made)) {
        match = rule.action();
        if (!match.equals("allow") || rule.precedence()) {
          return match;
        }
      }
    }
    return match;
  }

  @Test
  void randomRulesDecideAsInOpenSnitch(@TempDir Path dir) throws Exception {
    Random random = new Random(7);
    int exact = 0;
    int allowed = 0;
    int denied = 0;
    for (int set = 0; set < SETS; set++) {
      Path folder = Files.createDirectory(dir.resolve("s" + set));
      List<Rule> rules = rules(random);
      for (int i = 0; i < rules.size(); i++) {
        Files.writeString(folder.resolve("f" + i + ".json"), rules.get(i).json());
      }
      Conversion conversion = new Conversion();
      OpenSnitch.convert(folder, conversion);
      assertThat(conversion.isExact()).as("%s: %s", rules, conversion.pieces()).isTrue();
      Imported policy = Imported.of(conversion, Action.ASK);
      for (int i = 0; i < CONNECTIONS; i++) {
        Connection made = connection(random);
        String wanted = decision(rules, made);
        Action got =
            policy.decide(
                Imported.event(
                    random.nextBoolean() ? EventKind.CONNECT : EventKind.SEND,
                    made.protocol().startsWith("tcp") ? Protocol.TCP : Protocol.UDP,
                    made.host(),
                    made.address(),
                    made.port()));
        Action expected =
            wanted == null ? Action.ASK : wanted.equals("allow") ? Action.ALLOW : Action.DENY;
        assertThat(got).as("%s under %s", made, rules).isEqualTo(expected);
        allowed += expected == Action.ALLOW ? 1 : 0;
        denied += expected == Action.DENY ? 1 : 0;
        exact++;
      }
    }
    assertThat(exact).isEqualTo(SETS * CONNECTIONS);
    assertThat(allowed).isGreaterThan(exact / 10);
    assertThat(denied).isGreaterThan(exact / 10);
  }

  private static List<Rule> rules(Random random) {
    List<Rule> rules = new ArrayList<>();
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      List<Condition> all = new ArrayList<>();
      all.add(random.nextInt(4) == 0 ? new Condition("simple", "true", "") : host(random));
      if (random.nextInt(3) == 0) {
        all.add(address(random));
      }
      if (random.nextInt(3) == 0) {
        all.add(port(random));
      }
      if (random.nextInt(4) == 0) {
        all.add(new Condition("regexp", "protocol", "^(tcp|tcp6)$"));
      }
      String action = List.of("allow", "allow", "deny", "reject").get(random.nextInt(4));
      String name =
          "%s-%d".formatted(random.nextBoolean() ? "a" : "B", random.nextInt(1000) * 10 + i);
      rules.add(new Rule(name, random.nextInt(6) > 0, random.nextBoolean(), action, all));
    }
    return rules;
  }

  private static Condition host(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Condition("simple", "dest.host", "A.example");
      case 1 -> new Condition("simple", "dest.host", "c.example");
      case 2 -> new Condition("regexp", "dest.host", "^(.*\\.)?a\\.example$");
      default -> new Condition("regexp", "dest.host", "^(b\\.a\\.example|c\\.example)$");
    };
  }

  private static Condition address(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Condition("network", "dest.network", "10.200.0.1/8");
      case 1 -> new Condition("simple", "dest.ip", "2001:db8::1");
      default -> new Condition("regexp", "dest.ip", "^(127\\.0\\.0\\.1|::1)$");
    };
  }

  private static Condition port(Random random) {
    return random.nextBoolean()
        ? new Condition("simple", "dest.port", "443")
        : new Condition("regexp", "dest.port", "^(53|80)$");
  }

  private static Connection connection(Random random) {
    String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
    String family = address.contains(":") ? "6" : "";
    return new Connection(
        HOSTS.get(random.nextInt(HOSTS.size())),
        address,
        PORTS[random.nextInt(PORTS.length)],
        (random.nextInt(3) == 0 ? "udp" : "tcp") + family);
  }
}
