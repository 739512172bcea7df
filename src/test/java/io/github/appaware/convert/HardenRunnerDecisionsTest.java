package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.convert.Conversion.Carried;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random lists of endpoints: the imported policy lets out what Harden-Runner lets out. */
class HardenRunnerDecisionsTest {
  private static final List<String> ENDPOINTS =
      List.of("a.example:443", "a.example:8443", "b.example", "*.c.example:443", "d.example:80");

  private static final List<String> HOSTS =
      List.of(
          "a.example",
          "b.example",
          "x.c.example",
          "c.example",
          "d.example",
          "e.example",
          "pipelines.actions.githubusercontent.com",
          "codeload.github.com",
          "");

  private static final List<String> ADDRESSES =
      List.of("192.0.2.1", "203.0.113.9", "10.0.0.9", "172.31.0.1", "172.32.0.1", "127.0.0.1");

  private static final int[] PORTS = {80, 443, 8443};

  @Test
  void randomConnectionsAreDecidedAsByHardenRunner() throws Exception {
    Random random = new Random(3);
    int allowed = 0;
    int all = 0;
    for (int list = 0; list < 100; list++) {
      List<String> endpoints = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        endpoints.add(ENDPOINTS.get(random.nextInt(ENDPOINTS.size())));
      }
      Imported policy = imported(String.join(random.nextBoolean() ? " " : "\n  ", endpoints));
      for (int i = 0; i < 40; i++) {
        String host = HOSTS.get(random.nextInt(HOSTS.size()));
        String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
        int port = PORTS[random.nextInt(PORTS.length)];
        boolean tcp = random.nextInt(4) > 0;
        boolean expected =
            address.matches("10\\..*|172\\.31\\..*|127\\..*")
                || (tcp && endpoints.stream().anyMatch(one -> matches(one, host, port)))
                || (tcp && port == 443 && host.matches(".*\\.actions\\.github.*|codeload.*"));
        Protocol protocol = tcp ? Protocol.TCP : Protocol.UDP;
        EventKind kind = tcp ? EventKind.CONNECT : EventKind.SEND;
        assertThat(policy.allows(Imported.event(kind, protocol, host, address, port)))
            .as("%s %s (%s) %d under %s", protocol, host, address, port, endpoints)
            .isEqualTo(expected);
        all++;
        allowed += expected ? 1 : 0;
        if (!host.isEmpty()) {
          assertThat(policy.allows(Fixtures.resolve(host)))
              .as("look-up of %s under %s", host, endpoints)
              .isEqualTo(
                  endpoints.stream().anyMatch(one -> isNamed(one, host))
                      || host.contains("github"));
        }
      }
    }
    assertThat(allowed).isBetween(all / 10, all * 9 / 10);
  }

  @Test
  void whatDoesNotLeaveTheMachineIsNotJudged() throws Exception {
    Imported policy = imported("a.example");
    for (EventKind kind :
        List.of(EventKind.BIND, EventKind.LISTEN, EventKind.ACCEPT, EventKind.RECEIVE)) {
      assertThat(policy.allows(Imported.event(kind, Protocol.TCP, "", "0.0.0.0", 8080))).isTrue();
      assertThat(policy.allows(Imported.event(kind, Protocol.UDP, "", "203.0.113.1", 9))).isTrue();
    }
    assertThat(policy.allows(Fixtures.unix("/run/x"))).isTrue();
    assertThat(policy.allows(Fixtures.resolve("localhost"))).isTrue();
  }

  /** A rule can't say "every name without a dot"; metadata services give out credentials. */
  @Test
  void namesOfOneLabelAndMetadataServicesAreSaidToBeLeftOut() throws Exception {
    Conversion conversion = new Conversion();
    HardenRunner.convert("", "a.example", conversion);
    HardenRunner.finish(conversion);
    assertThat(conversion.isExact()).isFalse();
    assertThat(conversion.pieces())
        .anyMatch(
            piece ->
                piece instanceof Carried carried
                    && carried.remark().contains("names of one label")
                    && carried.remark().contains("metadata"));
    Imported policy = Imported.of(conversion, Action.DENY);
    assertThat(policy.allows(Fixtures.resolve("postgres"))).isFalse();
    assertThat(policy.allows(Fixtures.connect("169.254.169.254", 80))).isFalse();
  }

  @Test
  void whatAWorkflowSaysBesidesEndpointsIsToldWithItsPlace() {
    Conversion conversion = new Conversion();
    HardenRunner.convert(
        "w.yml",
        """
        - uses: step-security/harden-runner@v2
          with:
            egress-policy: audit
            use-policy-store: true
            allowed-endpoints: >
              ${{ vars.PROXY }}:443
              a.example:443
        """,
        conversion);
    assertThat(conversion.pieces())
        .filteredOn(Conversion.LeftOut.class::isInstance)
        .extracting(piece -> piece.source() + ": " + ((Conversion.LeftOut) piece).reason())
        .containsExactly(
            "w.yml:3: `egress-policy: audit` denies nothing; the policy denies",
            "w.yml:4: the policy store is not read",
            "w.yml:6 ${{vars.PROXY}}:443: an expression of the workflow has no value here");
  }

  private static Imported imported(String endpoints) throws Exception {
    Conversion conversion = new Conversion();
    HardenRunner.convert("", endpoints, conversion);
    HardenRunner.finish(conversion);
    return Imported.of(conversion, Action.DENY);
  }

  private static boolean matches(String endpoint, String host, int port) {
    int colon = endpoint.indexOf(':');
    int own = colon < 0 ? 443 : Integer.parseInt(endpoint.substring(colon + 1));
    return own == port && isNamed(endpoint, host);
  }

  private static boolean isNamed(String endpoint, String host) {
    String name = endpoint.replaceFirst(":.*", "");
    return name.startsWith("*") ? host.endsWith(name.substring(1)) : host.equals(name);
  }
}
