package io.github.appaware.policy;

import static io.github.appaware.policy.Fixtures.HASH;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.Keywords;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleBuilder;
import io.github.appaware.policy.read.HostListFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random policies and events out of few words, so that they meet often; the events are hostile, the
 * policies hold what no reader would let pass.
 */
public final class Randoms {
  private static final String[] HOSTS = {
    "example",
    "a.example",
    "b.example",
    "x.a.example",
    "y.x.a.example",
    "xn--bcher-kva.example",
    "a"
  };
  private static final String[] ODD_HOSTS = {
    "",
    ".",
    "..",
    "A.EXAMPLE",
    "a.example.",
    "b\u00fccher.example",
    ".a.example",
    "a..example",
    "\ud800.example",
    "example.a",
    "q".repeat(5000) + ".a.example",
    "\u0000.example",
    "xa.example"
  };
  private static final String[] NETWORKS = {
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.2.3",
    "0.0.0.0/0",
    "::/0",
    "2001:db8::/32",
    "2001:db8::1",
    "::1",
    "any",
    "loopback",
    "private",
    "metadata",
    "link-local",
    "0.0.0.0",
    "::",
    "64:ff9b::/96",
    "2002::/16",
    "fe80::/10"
  };
  private static final String[] ADDRESSES = {
    "10.1.2.3",
    "10.1.9.9",
    "10.9.9.9",
    "192.0.2.1",
    "127.0.0.1",
    "0.0.0.0",
    "::",
    "::1",
    "2001:db8::1",
    "2001:db8:1::",
    "169.254.169.254",
    "fe80::1",
    "64:ff9b::a01:203",
    "64:ff9b:1:a01:2:300::",
    "2002:a01:203::1",
    "2001:0:c000:201::f5fe:fdfc",
    "::a01:203",
    "::ffff:0:7f00:1",
    "2001:db8::5efe:a9fe:a9fe",
    "255.255.255.255"
  };
  private static final String[] PORTS = {
    "0", "80", "443", "80-90", "0-65535", "1-1023", "65535", "ephemeral"
  };
  private static final int[] EVENT_PORTS = {0, 1, 80, 85, 443, 1024, 65535};
  private static final String[] PATHS = {
    "/run/x", "/run/*", "/run/**", "/run/**/x", "/tmp/?", "/**", "/*", "/r*/x", "/tmp/y"
  };
  private static final String[] EVENT_PATHS = {
    "", "/", "/run/x", "/run/a/x", "/run/", "/tmp/y", "/tmp/yy", "//", "x", "/run/\u0000"
  };
  private static final String[] PEERS = {
    "run", "outside", "user:p", "user:*", "java", "j*", "user:q?", "*"
  };
  private static final String[] PROXIES = {
    "any", "unknown-target", "a.example", "*.example:80", "10.0.0.0/8", "private:0-1023", "[::1]:80"
  };
  private static final String[] ORIGINS = {
    "maven:g:a",
    "maven:g:*",
    "maven:g:a:1",
    "maven:*:b",
    "jar:x.jar",
    "jar:x-*.jar",
    "jar:*",
    "sha256:" + HASH,
    "package:com.acme",
    "package:com.acme.**",
    "package:com.*",
    "package:**",
    "package:**.x",
    "module:m",
    "module:m.**",
    "module:*"
  };
  private static final String[] TYPES = {
    "Main", "com.Main", "com.acme.Main", "com.acme.x.Main", "", ".", "com.", ".com", "com.acme.",
  };
  private static final String[] MAVEN = {"", "g:a:1", "g:b:2", "a", ":", "g:a", "g:a:1:x", "::"};
  private static final String[] FILES = {"", "/", "/x.jar", "/l/x-1.jar", "x.jar", "/o.jar!/x.jar"};
  private static final String[] MODULES = {"", "m", "m.n", ".", "m.", ".m"};
  private static final String[] WORDS = {"", "p", "q", "pq", "*"};
  private static final String[] IDS = {"p", "q", "pq", "x"};
  private static final String[] MACHINES = {"build-1", "BUILD-*", "*", "?uild-2", "b.example"};
  private static final String[] HOSTNAMES = {"", "build-1", "Build-2", "B.example", "*"};
  private static final String[] GLOBS = {"p", "p*", "?", "*", "q"};

  private final Random random;

  public Randoms(Random random) {
    this.random = random;
  }

  private <T> T one(T[] of) {
    return of[random.nextInt(of.length)];
  }

  /** None in most cases, else one to three. */
  private <T> List<T> some(int rarity, String[] texts, Fixtures.Parser<T> parser) {
    List<T> all = new ArrayList<>();
    if (random.nextInt(rarity) == 0) {
      for (int n = 1 + random.nextInt(random.nextInt(8) == 0 ? 12 : 2); n > 0; n--) {
        try {
          T value = parser.parse(one(texts));
          if (!all.contains(value)) {
            all.add(value);
          }
        } catch (MalformedValue e) {
          throw new AssertionError(e);
        }
      }
    }
    return all;
  }

  /** Rules that hardly differ in anything but ports and origins. */
  public Policy policyOfPortsAndOrigins(int mostRules) {
    int[] rarities = new int[15];
    Arrays.fill(rarities, 1000);
    rarities[7] = 2;
    rarities[10] = 2;
    return policy(mostRules, rarities);
  }

  public Policy policy(int mostRules) {
    // Policies of one flavour have many rules that only one key tells apart.
    return policy(
        mostRules, random.ints(15, 0, 12).map(n -> n < 8 ? 1000 : n < 10 ? 1 : n - 8).toArray());
  }

  private Policy policy(int mostRules, int[] rarities) {
    HostLists lists = new HostLists();
    List<HostList> all =
        List.of(
            HostListFixture.list(lists, "1", "a.example\n*.b.example\nexample\n"),
            HostListFixture.list(lists, "2", "a.example\n*.a.example\n"),
            HostListFixture.list(lists, "3", "q.example\n"));
    List<Group> groups = new ArrayList<>(List.of(Group.unknown("g0")));
    for (int n = random.nextInt(12); n > 0; n--) {
      groups.add(group("g" + groups.size()));
    }
    List<Rule> rules = new ArrayList<>();
    for (int n = random.nextInt(mostRules); n > 0; n--) {
      rules.add(rule(all, groups, rarities, rules.size() + 1));
    }
    return new Policy(
        List.of(),
        groups,
        rules,
        lists,
        Action.ASK,
        "p:0",
        Duration.ofSeconds(1),
        List.of(),
        List.of(),
        List.of());
  }

  /** Out of few words, like the applications; one in a while says nothing. */
  private Group group(String id) {
    return new Group(
        id,
        some(2, MACHINES, Glob::machine),
        some(3, GLOBS, Glob::plain),
        some(3, IDS, text -> text),
        "p",
        1);
  }

  private Rule rule(List<HostList> lists, List<Group> groups, int[] rarity, int line) {
    String[] places = new String[groups.size()];
    Arrays.setAll(places, String::valueOf);
    String id = random.nextBoolean() ? "" : "r" + line;
    return new RuleBuilder(one(Action.values()), "p", line, 1)
        .id(id)
        .apps(some(rarity[0], IDS, text -> text))
        .parents(some(rarity[1] * 2, GLOBS, Glob::plain))
        .users(some(rarity[2] * 2, GLOBS, Glob::plain))
        .machines(some(rarity[11] * 2, MACHINES, Glob::machine))
        .groups(some(rarity[12], places, i -> groups.get(Integer.parseInt(i))))
        .events(Set.copyOf(some(rarity[3], LABELS, Keywords::event)))
        .hosts(some(rarity[4], patterns(), HostPattern::parse))
        .hostLists(
            some(rarity[5] * 3, new String[] {"0", "1", "2"}, i -> lists.get(Integer.parseInt(i))))
        .addresses(some(rarity[6], NETWORKS, AddressPattern::parse))
        .ports(some(rarity[7], PORTS, PortRange::parse))
        .localPorts(some(rarity[8] * 2, PORTS, PortRange::parse))
        .protocols(
            Set.copyOf(some(5, new String[] {"tcp", "udp", "sctp", "unix"}, Keywords::protocol)))
        .paths(some(rarity[9] * 2, PATHS, Glob::path))
        .peers(some(rarity[13] * 2, PEERS, PeerPattern::parse))
        .through(some(rarity[14] * 2, PROXIES, ProxyPattern::parse))
        .origins(some(rarity[10], ORIGINS, OriginPattern::parse))
        .priority(random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0)
        .expires(random.nextInt(6) == 0 ? Fixtures.NOW.plusSeconds(random.nextInt(3) - 1) : null)
        .build();
  }

  private static final String[] LABELS = {
    "resolve", "connect", "bind", "listen", "accept", "send", "receive"
  };

  private static String[] patterns() {
    List<String> all = new ArrayList<>(List.of(HOSTS));
    for (String host : HOSTS) {
      all.add("*." + host);
    }
    return all.toArray(String[]::new);
  }

  public Application application() {
    return Application.builder()
        .id(one(WORDS))
        .kind(Application.Kind.JAR)
        .user(one(WORDS))
        .pid(1)
        .parent(one(WORDS))
        .machine(one(HOSTNAMES))
        .namesChangedBy(random.nextInt(4) == 0 ? "a test" : "")
        .build();
  }

  public Event event() {
    Event event = unreached();
    return random.nextInt(2) == 0 ? event : event.withPeer(peer());
  }

  public Peer peer() {
    return new Peer(one(Peer.Place.values()), 1, one(WORDS), one(PROGRAMS), "");
  }

  private static final String[] PROGRAMS = {"", "java", "j", "postgres", "run", "*"};

  private Event unreached() {
    return switch (random.nextInt(10)) {
      case 8, 9 -> tunnel();
      case 0 -> new Event.Resolve(host(), null);
      case 1 -> new Event.Resolve(null, address());
      case 2 -> new Event.Unix(one(EventKind.values()), one(EVENT_PATHS), one(EVENT_PATHS));
      case 3 -> new Event.Blind(Event.Blind.Way.PROCESS, host());
      default -> inet(one(EVENT_KINDS));
    };
  }

  private Tunnel tunnel() {
    String host = host();
    Proxy through =
        random.nextInt(3) == 0
            ? new Proxy(null, address(), port())
            : new Proxy(host(), random.nextBoolean() ? address() : null, port());
    return switch (random.nextInt(4)) {
      case 0 -> Tunnel.toUnknown(through);
      case 1 -> Tunnel.to(host, port(), through);
      case 2 -> new Tunnel(host, List.of(), address(), port(), through);
      default -> new Tunnel(null, List.of(host, host()), address(), port(), through);
    };
  }

  private static final EventKind[] EVENT_KINDS = {
    EventKind.CONNECT, EventKind.CONNECT, EventKind.ACCEPT, EventKind.ACCEPT, EventKind.RECEIVE,
    EventKind.SEND, EventKind.BIND, EventKind.LISTEN, EventKind.RESOLVE, EventKind.BLIND
  };

  private Event.Inet inet(EventKind kind) {
    List<String> hosts = new ArrayList<>();
    for (int n = random.nextInt(random.nextInt(10) == 0 ? 40 : 3); n > 0; n--) {
      hosts.add(host());
    }
    int localPort = EVENT_PORTS[random.nextInt(EVENT_PORTS.length)];
    Event.Inet event =
        new Event.Inet(kind, one(Protocol.values()), address(), port()).withLocalPort(localPort);
    event = random.nextInt(3) == 0 ? event.asEphemeral() : event;
    return hosts.size() == 1 && random.nextBoolean()
        ? event.withHost(hosts.get(0))
        : event.withNames(hosts);
  }

  public int port() {
    return EVENT_PORTS[random.nextInt(EVENT_PORTS.length)];
  }

  private String host() {
    return random.nextInt(4) == 0 ? one(ODD_HOSTS) : one(HOSTS);
  }

  private Address address() {
    return Fixtures.address(one(ADDRESSES));
  }

  public Origin origin() {
    List<Origin.Frame> frames = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      Origin.Source source =
          new Origin.Source(one(FILES), random.nextInt(3) == 0 ? HASH : "", one(MAVEN));
      frames.add(new Origin.Frame(one(TYPES), "m", 1, one(MODULES), source));
    }
    return new Origin(frames, "t" + random.nextInt());
  }

  public Instant now() {
    return Fixtures.NOW.plusSeconds(random.nextInt(3) - 1);
  }
}
