package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;

import com.moandjiezana.toml.Toml;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another TOML reader sees the same values in a policy that keeps to the plain part of TOML. */
class SecondOpinionTest {
  private static final Path SAMPLES = Path.of("sample-policies");
  private static final Path GOOD = Path.of("src/test/resources/policy/good.toml");

  static List<Path> plain() throws IOException {
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      return Stream.concat(
              Stream.of(GOOD), samples.filter(file -> file.toString().endsWith(".toml")).sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("plain")
  void toml4jReadsARepresentativePolicyAndTheSamplesToTheSameValues(Path file)
      throws PolicyException {
    Policy policy = PolicyReader.read(List.of(file));
    Toml other = new Toml().read(file.toFile());

    assertThat(policy.unknown().label()).isEqualTo(other.getString("default.unknown"));
    assertThat(policy.askTimeout())
        .isEqualTo(duration(other.getString("default.ask-timeout", "30s")));
    List<Toml> apps = tables(other, "app");
    assertThat(policy.apps()).hasSameSizeAs(apps);
    for (int i = 0; i < apps.size(); i++) {
      AppRule app = policy.apps().get(i);
      assertThat(app.id()).isEqualTo(apps.get(i).getString("id"));
      assertThat(app.fileName()).hasToString(apps.get(i).getString("file"));
      assertThat(app.sha256()).isEqualTo(strings(apps.get(i), "sha256"));
    }
    List<Toml> groups = tables(other, "group");
    assertThat(policy.groups()).hasSameSizeAs(groups);
    for (int i = 0; i < groups.size(); i++) {
      Group group = policy.groups().get(i);
      assertThat(group.id()).isEqualTo(groups.get(i).getString("id"));
      assertThat(texts(group.machines())).isEqualTo(strings(groups.get(i), "machine"));
      assertThat(texts(group.users())).isEqualTo(strings(groups.get(i), "user"));
      assertThat(group.apps()).isEqualTo(strings(groups.get(i), "app"));
    }
    List<Toml> rules = tables(other, "rule");
    assertThat(policy.rules()).hasSameSizeAs(rules);
    for (int i = 0; i < rules.size(); i++) {
      assertSame(policy.rules().get(i), rules.get(i));
    }
  }

  /** Of whole minutes or seconds. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static List<Toml> tables(Toml document, String name) {
    List<Toml> tables = document.getTables(name);
    return tables == null ? List.of() : tables;
  }

  private static void assertSame(Rule rule, Toml other) {
    assertThat(rule.id()).isEqualTo(other.getString("id", ""));
    assertThat(rule.action().label()).isEqualTo(other.getString("action"));
    assertThat(rule.apps()).isEqualTo(strings(other, "app"));
    assertThat(rule.events().stream().map(kind -> kind.label()).toList())
        .isEqualTo(strings(other, "event"));
    assertThat(texts(rule.hosts())).isEqualTo(strings(other, "host"));
    assertThat(texts(rule.addresses())).isEqualTo(strings(other, "address"));
    assertThat(texts(rule.ports())).isEqualTo(strings(other, "port"));
    assertThat(rule.protocols().stream().map(protocol -> protocol.label()).toList())
        .isEqualTo(strings(other, "protocol"));
    assertThat(texts(rule.paths())).isEqualTo(strings(other, "path"));
    assertThat(texts(rule.peers())).isEqualTo(strings(other, "peer"));
    assertThat(texts(rule.through())).isEqualTo(strings(other, "through"));
    assertThat(texts(rule.localPorts())).isEqualTo(strings(other, "local-port"));
    assertThat(texts(rule.origins())).isEqualTo(strings(other, "origin"));
    assertThat(texts(rule.users())).isEqualTo(strings(other, "user"));
    assertThat(texts(rule.machines())).isEqualTo(strings(other, "machine"));
    assertThat(texts(rule.groups())).isEqualTo(strings(other, "group"));
    assertThat(texts(rule.parents())).isEqualTo(strings(other, "parent"));
    assertThat(rule.hostLists().stream().map(list -> fileName(list.toString())).toList())
        .isEqualTo(strings(other, "host-list"));
    assertThat(rule.priority()).isEqualTo(other.getLong("priority", 0L).intValue());
    assertThat(rule.expires()).isEqualTo(instant(other.getDate("expires")));
    assertThat(rule.note()).isEqualTo(other.getString("note", ""));
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<String> texts(List<?> patterns) {
    return patterns.stream().map(Object::toString).toList();
  }

  private static List<String> strings(Toml table, String key) {
    Object value = table.toMap().get(key);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? texts(list) : List.of(value.toString());
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
