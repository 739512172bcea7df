package io.github.appaware.policy.read;

import static io.github.appaware.policy.Fixtures.HASH;
import static io.github.appaware.policy.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Group;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.PortRange;
import io.github.appaware.policy.model.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  @Test
  void theSmallestPolicyAsksFor30Seconds() throws PolicyException {
    Policy policy = policy();
    assertThat(policy.unknown()).isEqualTo(Action.ASK);
    assertThat(policy.askTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.rules()).isEmpty();
    assertThat(policy.apps()).isEmpty();
  }

  @Test
  void everyKeyIsRead() throws PolicyException, MalformedValue {
    Policy policy =
        policy(
            "[default]",
            "unknown = 'deny'",
            "ask-timeout = '2m'",
            "[[app]]",
            "id = 'billing'",
            "file = 'billing-*.jar'",
            "sha256 = ['" + HASH + "']",
            "[[rule]]",
            "id = 'r'",
            "action = 'allow'",
            "app = ['billing']",
            "parent = 'mvn*'",
            "user = 'build'",
            "machine = 'Build-*'",
            "group = ['ci', 'none']",
            "event = ['connect', 'resolve']",
            "host = ['Example.com', '*.example.org']",
            "address = ['10.0.0.0/8', 'loopback']",
            "port = [443, '8000-8099']",
            "local-port = '1024-65535'",
            "origin = 'jar:x-*.jar'",
            "protocol = ['udp', 'tcp']",
            "priority = -5",
            "expires = 2027-01-01T00:00:00Z",
            "note = 'why'",
            "[[rule]]",
            "action = 'deny'",
            "path = '/run/**'",
            "peer = ['run', 'docker*']",
            "[[group]]",
            "id = 'ci'",
            "machine = 'a'");
    assertThat(policy.unknown()).isEqualTo(Action.DENY);
    assertThat(policy.askTimeout()).isEqualTo(Duration.ofMinutes(2));
    AppRule app = policy.apps().get(0);
    assertThat(app.id()).isEqualTo("billing");
    assertThat(app.fileName()).hasToString("billing-*.jar");
    assertThat(app.sha256()).containsExactly(HASH);
    assertThat(app.at()).isEqualTo("p.toml:5");
    assertThat(policy.rules().get(0))
        .isEqualTo(
            new Rule(
                "r",
                Action.ALLOW,
                List.of("billing"),
                List.of(Glob.plain("mvn*")),
                List.of(Glob.plain("build")),
                List.of(Glob.plain("build-*")),
                List.of(policy.groups().get(0), Group.unknown("none")),
                Set.of(EventKind.RESOLVE, EventKind.CONNECT),
                List.of(
                    new HostPattern("example.com", false), new HostPattern("example.org", true)),
                List.of(),
                List.of(
                    new AddressPattern(
                        "10.0.0.0/8",
                        List.of(new AddressPattern.Network(Fixtures.address("10.0.0.0"), 8))),
                    AddressPattern.parse("loopback")),
                List.of(new PortRange(443, 443), new PortRange(8000, 8099)),
                List.of(new PortRange(1024, 65535)),
                Set.of(Protocol.TCP, Protocol.UDP),
                List.of(),
                List.of(),
                List.of(),
                List.of(OriginPattern.parse("jar:x-*.jar")),
                -5,
                Instant.parse("2027-01-01T00:00:00Z"),
                "why",
                "p.toml",
                9,
                1));
    assertThat(policy.rules().get(1).paths()).hasToString("[/run/**]");
    assertThat(policy.rules().get(1).at()).isEqualTo("p.toml:27");
  }

  @Test
  void aStringIsAsGoodAsAnArrayOfOne() throws PolicyException {
    Rule one = Fixtures.rule("action='deny'\nhost='a'\nport=1\nprotocol='tcp'").rules().get(0);
    Rule array =
        Fixtures.rule("action='deny'\nhost=['a']\nport=['1']\nprotocol=['tcp']").rules().get(0);
    assertThat(one).isEqualTo(array);
  }

  @Test
  void repeatedValuesAreFine() throws PolicyException {
    Rule rule = Fixtures.rule("action='deny'\nhost=['a', 'A.', 'a']\nport=[1, 1]").rules().get(0);
    assertThat(rule.hosts()).hasToString("[a]");
    assertThat(rule.ports()).hasToString("[1]");
  }

  @Test
  void inlineTablesMeanTheSame() throws PolicyException {
    Policy policy =
        PolicyReader.parse(
            "p.toml", "version = 1\ndefault.unknown = 'deny'\nrule = [{action = 'allow'}]\n");
    assertThat(policy.unknown()).isEqualTo(Action.DENY);
    assertThat(policy.rules()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1000ms, 1000",
    "1500ms, 1500",
    "1s, 1000",
    "30s, 30000",
    "2m, 120000",
    "24h, 86400000"
  })
  void durationsAreANumberAndAUnit(String text, long milliseconds) throws PolicyException {
    assertThat(policy("[default]", "ask-timeout = '" + text + "'").askTimeout())
        .isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @CsvSource({
    "999ms",
    "0s",
    "25h",
    "1441m",
    "30",
    "s",
    "1.5s",
    "-1s",
    "' 1s'",
    "1d",
    "9999999999h"
  })
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> policy("[default]", "ask-timeout = '" + text + "'"))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void oneByteOrderMarkIsTolerated() throws PolicyException {
    assertThat(PolicyReader.parse("p", "\ufeffversion = 1").rules()).isEmpty();
    assertThatThrownBy(() -> PolicyReader.parse("p", "\ufeff\ufeffversion = 1"))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void deepNestingIsAProblemAndNotACrash() {
    String text = "version = 1\nx = " + "[".repeat(200_000);
    assertThatThrownBy(() -> PolicyReader.parse("p", text)).isInstanceOf(PolicyException.class);
  }

  @Test
  void aPolicyCannotBeChanged() throws PolicyException {
    Rule rule = Fixtures.rule("action = 'deny'").rules().get(0);
    assertThat(rule.events()).isUnmodifiable();
    assertThat(rule.hosts()).isUnmodifiable();
    assertThat(policy().rules()).isUnmodifiable();
    assertThat(policy().apps()).isUnmodifiable();
  }
}
