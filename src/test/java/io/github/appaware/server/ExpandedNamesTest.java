package io.github.appaware.server;

import static io.github.appaware.policy.Fixtures.connect;
import static io.github.appaware.policy.Fixtures.policy;
import static io.github.appaware.policy.Fixtures.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Event;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.testkit.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpandedNamesTest {
  private static final Application APP =
      Application.builder().file("a.jar").path("/a.jar").kind(Application.Kind.JAR).pid(7).build();
  private static final FakeClock CLOCK = new FakeClock();

  @TempDir Path proc;

  /** The reason, or "open" or "allowed". */
  private static String decide(Event event, String... lines) throws Exception {
    ActivePolicy active = new ActivePolicy(policy(lines), Mode.ASK, BlindMode.ALLOW, CLOCK);
    ExpandedNames names =
        new ExpandedNames(
            active, pid -> pid == 7 ? List.of("team.example", "vendor.example") : List.of(), CLOCK);
    PolicyVerdict verdict =
        names.decide(active.decide(APP, event, Origin.UNKNOWN), APP, event, Origin.UNKNOWN);
    if (verdict.isOpen()) {
      return "open";
    }
    return verdict.verdict().allowed() ? "allowed" : verdict.verdict().reason().rule();
  }

  @Test
  void aDenialHoldsForTheShorterName() throws Exception {
    String[] deny = {"[[rule]]", "id='t'", "action='deny'", "host='telemetry.vendor.example'"};
    assertThat(decide(resolve("telemetry.vendor.example"), deny)).isEqualTo("t");
    assertThat(decide(resolve("telemetry"), deny)).isEqualTo("t");
    assertThat(decide(connect("192.0.2.1", 443, "telemetry"), deny)).isEqualTo("t");
    assertThat(decide(resolve("other"), deny)).isEqualTo("open");
    assertThat(decide(connect("192.0.2.1", 443), deny)).isEqualTo("open");
  }

  @Test
  void aDenialOfOnePortHoldsForTheConnection() throws Exception {
    String[] deny = {"[[rule]]", "id='t'", "action='deny'", "host='*.example'", "port=25"};
    assertThat(decide(resolve("mail"), deny)).isEqualTo("open");
    assertThat(decide(connect("192.0.2.1", 25, "mail"), deny)).isEqualTo("t");
    assertThat(decide(connect("192.0.2.1", 443, "mail"), deny)).isEqualTo("open");
  }

  @Test
  void anAllowanceDoesNot() throws Exception {
    assertThat(decide(resolve("a"), "[[rule]]", "action='allow'", "host='a.vendor.example'"))
        .isEqualTo("open");
  }

  @Test
  void anAllowanceOfTheShortNameWinsByPriorityOnly() throws Exception {
    String deny = "[[rule]]\nid='t'\naction='deny'\nhost='a.vendor.example'\n";
    String allow = "[[rule]]\naction='allow'\nhost='a'\n";
    assertThat(decide(resolve("a"), deny, allow)).isEqualTo("t");
    assertThat(decide(resolve("a"), deny, allow + "priority=1")).isEqualTo("allowed");
  }

  @Test
  void aDenialThatNamesNoHostIsNotAboutTheLongerName() throws Exception {
    String deny = "[[rule]]\nid='t'\naction='deny'\nevent=['connect']\n";
    String allow = "[[rule]]\naction='allow'\nhost='a'\npriority=1\n";
    assertThat(decide(connect("192.0.2.1", 443, "a"), deny, allow)).isEqualTo("allowed");
  }

  @Test
  void theDomainsAreThoseThatTheProcessSees() throws Exception {
    Files.createDirectories(proc.resolve("7/root/etc"));
    Files.createDirectories(proc.resolve("sys/kernel"));
    Files.writeString(
        proc.resolve("7/root/etc/resolv.conf"),
        """
        # search no.example
        nameserver 192.0.2.1
        domain one.example
        search\tTwo.Example.  three.example
        options ndots:5
        """);
    Files.writeString(proc.resolve("7/environ"), "A=b\0LOCALDOMAIN=four.example five.example\0");
    Files.writeString(proc.resolve("sys/kernel/hostname"), "host.six.example\n");

    assertThat(new SearchDomains(proc).of(7))
        .containsExactly(
            "one.example",
            "two.example",
            "three.example",
            "four.example",
            "five.example",
            "six.example");
  }
}
