package io.github.appaware.policy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {
  private static final String NEVER =
      "p.toml:2:1: the rule never decides: all that it matches is denied by the rule in p.toml:4\n"
          + "  help: remove it, or give it a higher `priority`";

  @Test
  void aGoodPolicyHasNone() throws PolicyException {
    assertThat(
            Warnings.of(
                PolicyReader.read(List.of(Path.of("src/test/resources/policy/good.toml"))),
                Fixtures.NOW))
        .isEmpty();
  }

  @Test
  void anIdThatNobodyDefinesIsOne() throws PolicyException {
    String app = "[[app]]\nid = 'billing'\nfile = 'b.jar'\n";
    assertThat(warnings(app + "[[rule]]\naction = 'deny'\napp = ['biling', 'x-y-z', 'billing']"))
        .containsExactly(
            "p.toml:7:8: no `[[app]]` has the id `biling`\n  help: did you mean `billing`?",
            "p.toml:7:18: no `[[app]]` has the id `x-y-z`\n  help: expected one of `billing`");
    assertThat(warnings("[[rule]]\naction = 'deny'\napp = 'billing'"))
        .containsExactly(
            "p.toml:4:1: no `[[app]]` has the id `billing`\n"
                + "  help: define it, or the rule can never match");
  }

  @Test
  void anExpiredRuleIsOneFromTheInstantItExpires() throws PolicyException {
    assertThat(warnings("[[rule]]\naction = 'deny'\nexpires = 2026-06-01T12:00:00Z"))
        .containsExactly(
            "p.toml:2:1: the rule has expired (2026-06-01T12:00:00Z)\n  help: remove it");
    assertThat(warnings("[[rule]]\naction = 'deny'\nexpires = 2026-06-01T12:00:01Z")).isEmpty();
  }

  @Test
  void aModuleOfTheJdkIsNoOrigin() throws PolicyException {
    assertThat(warnings("[[rule]]\naction = 'deny'\norigin = 'module:java.net.http'"))
        .containsExactly(
            "p.toml:4:1: `module:java.net.http` is part of the JDK, which is no origin\n"
                + "  help: an origin is code of the application or its libraries");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "host='a.example',",
        "host='a.example', host='a.example'",
        "host='a.example', host='*.example'",
        "host=['a.example'%'x.b.example'], host=['*.b.example'%'a.example']",
        "host='*.a.example', host='*.example'",
        "host='a.example'#port=443, host='a.example'",
        "host='a.example'#port='440-443', port='1-1023'#event='connect'#host='a.example'",
        "address='10.1.0.0/16', address='10.0.0.0/8'",
        "address='10.1.0.0/16', address=['private']",
        "address='127.0.0.1', address='any'",
        "path='/run/x', path=['/run/y'%'/run/x']",
        "app='a'#host='x', app=['a'%'b']",
        "machine='A'#host='x', machine=['a'%'b']",
        "group='a'#host='x', group=['a'%'b']",
        "group='a'#machine='a'#user='u', group='a'",
        "origin='jar:x.jar', origin=['jar:x.jar'%'jar:y.jar']",
        "event='connect', event=['connect'%'bind']",
        "expires=2027-01-01T00:00:00Z, expires=2027-01-01T00:00:00Z",
        "local-port=80, local-port='1-1023'",
        "peer='outside'#path='/run/x', peer=['outside'%'java']",
      })
  void aRuleUnderAWiderDenialIsOne(String rule, String deny) throws PolicyException {
    String narrow = rule.contains("440") ? rule + "#event='connect'" : rule;
    assertThat(shadow(narrow, deny, 0, 0)).contains(NEVER.replace(":4", ":" + lines(narrow)));
    assertThat(shadow(narrow, deny, 0, 1)).isNotEmpty();
    assertThat(shadow(narrow, deny, 1, 0)).noneMatch(text -> text.contains("never decides"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        ", host='a.example'",
        "host='*.example', host='a.example'",
        "host='example', host='*.example'",
        "host=['a.example'%'b.example'], host='a.example'",
        "host='a.example', host='a.example'#port=443",
        "host='a.example'#port=443, host='a.example'#port=443",
        "address='10.0.0.0/8', address='10.1.0.0/16'",
        "address='::/0', address='0.0.0.0/0'",
        "port='80-90', port='80-89'",
        "path='/run/*', path='/run/x'",
        "host='a.example', event='connect'",
        "expires=2027-01-01T00:00:00Z, expires=2026-12-31T00:00:00Z",
        "host='a.example', expires=2026-01-01T00:00:00Z",
        "user='a', user='b'",
        "path='/run/x', peer='outside'",
        "peer='run', peer='outside'",
        "machine='a', machine='b'",
        "machine='a', machine='*'",
        "machine='a', group='a'",
        "group='a', group='b'",
        "group=['a'%'b'], group='a'",
      })
  void aRuleThatReachesBeyondTheDenialIsNone(String rule, String deny) throws PolicyException {
    assertThat(shadow(rule, deny, 0, 0)).noneMatch(text -> text.contains("never decides"));
  }

  @Test
  void aHostInADeniedListIsOne(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("list.txt"), "a.example\n");
    String text = "version = 1\n[[rule]]\naction = 'allow'\nhost = 'a.example'\n";
    String deny = "[[rule]]\naction = 'deny'\nhost-list = 'list.txt'\n";
    Path file = Files.writeString(dir.resolve("p.toml"), text + deny);
    assertThat(Warnings.of(PolicyReader.read(List.of(file)), Fixtures.NOW))
        .extracting(Problem::line)
        .containsExactly(2);
    Files.writeString(file, text.replace("a.ex", "b.ex") + deny);
    assertThat(Warnings.of(PolicyReader.read(List.of(file)), Fixtures.NOW)).isEmpty();
  }

  private static long lines(String rule) {
    return 4 + (rule.isEmpty() ? 0 : 1 + rule.chars().filter(c -> c == '#').count());
  }

  private static List<String> shadow(String rule, String deny, int high, int higher)
      throws PolicyException {
    String a = rule == null ? "" : rule.replace('#', '\n').replace('%', ',') + "\n";
    String b = deny == null ? "" : deny.replace('#', '\n').replace('%', ',') + "\n";
    return warnings(
        "[[rule]]\naction = 'allow'\n"
            + a
            + (high == 0 ? "" : "priority = 1\n")
            + "[[rule]]\naction = 'deny'\n"
            + b
            + (higher == 0 ? "" : "priority = 1\n"));
  }

  private static List<String> warnings(String text) throws PolicyException {
    return Warnings.of(Fixtures.policy(text), Fixtures.NOW).stream()
        .map(Problem::describe)
        .toList();
  }
}
