package io.github.appaware.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Durations;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Id;
import io.github.appaware.policy.model.Keywords;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.PolicyKey;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleBuilder;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What files say, by {@link SecondReader}: the values of all their tables, and what a policy of
 * them must be. What a value itself means, a host or a glob, is not read twice.
 */
public final class SaidPolicy {
  private static final Set<String> DOCUMENT_KEYS =
      Set.of("version", "include", "default", "app", "group", "rule");

  private static final Set<String> DEFAULT_KEYS = Set.of("unknown", "ask-timeout", "name-servers");

  private final Set<Path> read = new HashSet<>();
  private final List<Object> unknown = new ArrayList<>();
  private final List<Object> askTimeout = new ArrayList<>();
  private final Set<Address> nameServers = new HashSet<>();
  private final List<Map<?, ?>> apps = new ArrayList<>();
  private final List<Map<?, ?>> groups = new ArrayList<>();
  private final List<Map<?, ?>> rules = new ArrayList<>();

  /** For each rule, the file that it is in. */
  private final List<Path> files = new ArrayList<>();

  private SaidPolicy() {}

  /**
   * Checks that a policy which was read from a file has the very rules that the file says.
   *
   * @param document what the file says
   */
  public static void assertSame(Policy policy, Path file, Map<String, Object> document)
      throws MalformedValue {
    SaidPolicy said = new SaidPolicy();
    said.add(file, document);
    said.assertSame(policy);
  }

  private void add(Path file, Map<String, Object> document) throws MalformedValue {
    try {
      if (!read.add(file.toRealPath())) {
        return;
      }
      assertThat(DOCUMENT_KEYS).containsAll(document.keySet());
      assertThat(document).containsEntry("version", 1L);
      Map<?, ?> defaults = (Map<?, ?>) document.getOrDefault("default", Map.of());
      assertThat(DEFAULT_KEYS.containsAll(defaults.keySet())).isTrue();
      for (Object server : elements(defaults.get("name-servers")).toList()) {
        nameServers.add(AddressLiteral.nameServer((String) server));
      }
      elements(defaults.get("unknown")).forEach(unknown::add);
      elements(defaults.get("ask-timeout")).forEach(askTimeout::add);
      for (Object app : (List<?>) document.getOrDefault("app", List.of())) {
        apps.add((Map<?, ?>) app);
      }
      for (Object group : (List<?>) document.getOrDefault("group", List.of())) {
        groups.add((Map<?, ?>) group);
      }
      for (Object rule : (List<?>) document.getOrDefault("rule", List.of())) {
        rules.add((Map<?, ?>) rule);
        files.add(file);
      }
      for (Object other : elements(document.get("include")).toList()) {
        Path included = file.resolveSibling((String) other);
        add(included, SecondReader.read(Files.readAllBytes(included)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertSame(Policy policy) throws MalformedValue {
    Set<Object> actions = new HashSet<>(unknown);
    assertThat(actions).hasSizeLessThan(2);
    assertThat(policy.unknown())
        .isEqualTo(actions.isEmpty() ? Policy.UNKNOWN : Keywords.action((String) unknown.get(0)));
    for (Object time : askTimeout) {
      assertThat(policy.askTimeout()).isEqualTo(Durations.askTimeout((String) time));
    }
    if (askTimeout.isEmpty()) {
      assertThat(policy.askTimeout()).isEqualTo(Policy.ASK_TIMEOUT);
    }
    assertThat(policy.nameServers()).containsExactlyInAnyOrderElementsOf(nameServers);
    assertThat(policy.apps()).hasSameSizeAs(apps);
    for (int i = 0; i < apps.size(); i++) {
      AppRule app = policy.apps().get(i);
      assertThat(app).isEqualTo(app(apps.get(i), app));
    }
    assertThat(policy.groups()).hasSameSizeAs(groups);
    for (int i = 0; i < groups.size(); i++) {
      Group group = policy.groups().get(i);
      assertThat(group).isEqualTo(group(groups.get(i), group));
    }
    assertThat(policy.rules()).hasSameSizeAs(rules);
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = policy.rules().get(i);
      assertThat(rule).isEqualTo(rule(rules.get(i), rule, policy.groups()));
      assertThat(rule.file()).isEqualTo(files.get(i).toString());
      assertThat(lists(rule)).isEqualTo(lists(rules.get(i), files.get(i)));
    }
  }

  /** The place is not said by the second reader. */
  private static AppRule app(Map<?, ?> table, AppRule place) throws MalformedValue {
    assertThat(Set.of("id", "file", "sha256").containsAll(table.keySet())).isTrue();
    Object file = table.get("file");
    return new AppRule(
        Id.parse((String) table.get("id")),
        file == null ? null : Glob.fileName((String) file),
        each(table, "sha256", Sha256::parse),
        place.file(),
        place.line());
  }

  /** The place is not said by the second reader. */
  private static Group group(Map<?, ?> table, Group place) throws MalformedValue {
    assertThat(Set.of("id", "machine", "user", "app").containsAll(table.keySet())).isTrue();
    return new Group(
        Id.parse((String) table.get("id")),
        each(table, "machine", Glob::machine),
        each(table, "user", Glob::plain),
        each(table, "app", Id::parse),
        place.file(),
        place.line());
  }

  private static Group named(String id, List<Group> known) {
    return known.stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .orElse(Group.unknown(id));
  }

  private static Rule rule(Map<?, ?> table, Rule place, List<Group> known) throws MalformedValue {
    assertThat(PolicyKey.labels(RuleKey.values()).containsAll(table.keySet())).isTrue();
    Instant expires = (Instant) table.get("expires");
    Long priority = (Long) table.get("priority");
    Action action = Keywords.action((String) table.get("action"));
    return new RuleBuilder(action, place.file(), place.line(), place.column())
        .id(text(table, "id"))
        .apps(each(table, "app", Id::parse))
        .parents(each(table, "parent", Glob::plain))
        .users(each(table, "user", Glob::plain))
        .machines(each(table, "machine", Glob::machine))
        .groups(each(table, "group", Id::parse).stream().map(id -> named(id, known)).toList())
        .events(Set.copyOf(each(table, "event", Keywords::event)))
        .hosts(each(table, "host", HostPattern::parse))
        .hostLists(place.hostLists())
        .addresses(each(table, "address", AddressPattern::parse))
        .ports(ports(table, "port"))
        .localPorts(ports(table, "local-port"))
        .protocols(Set.copyOf(each(table, "protocol", Keywords::protocol)))
        .paths(each(table, "path", Glob::path))
        .peers(each(table, "peer", PeerPattern::parse))
        .through(each(table, "through", ProxyPattern::parse))
        .origins(each(table, "origin", OriginPattern::parse))
        .priority(priority == null ? 0 : Math.toIntExact(priority))
        .expires(expires)
        .note(text(table, "note"))
        .build();
  }

  private static List<Path> lists(Rule rule) {
    return rule.hostLists().stream().map(list -> real(Path.of(list.toString()))).toList();
  }

  private static List<Path> lists(Map<?, ?> table, Path file) {
    return elements(table.get("host-list"))
        .map(name -> real(file.resolveSibling((String) name)))
        .distinct()
        .toList();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<?, ?> table, String key) {
    Object value = table.get(key);
    return value == null ? "" : (String) value;
  }

  private static <T> List<T> each(Map<?, ?> table, String key, Fixtures.Parser<T> parser)
      throws MalformedValue {
    return each(table, key, parser, String.class::cast);
  }

  private static List<PortRange> ports(Map<?, ?> table, String key) throws MalformedValue {
    return each(
        table,
        key,
        PortRange::parse,
        value -> value instanceof Long number ? number.toString() : (String) value);
  }

  private static <T> List<T> each(
      Map<?, ?> table, String key, Fixtures.Parser<T> parser, Function<Object, String> text)
      throws MalformedValue {
    Set<T> values = new LinkedHashSet<>();
    for (Object value : elements(table.get(key)).toList()) {
      values.add(parser.parse(text.apply(value)));
    }
    assertThat(values.isEmpty()).isEqualTo(!table.containsKey(key));
    return List.copyOf(values);
  }

  /** Of an array, or one value, or none. */
  private static Stream<Object> elements(Object value) {
    return value == null
        ? Stream.of()
        : value instanceof List<?> list ? list.stream().map(Object.class::cast) : Stream.of(value);
  }
}
