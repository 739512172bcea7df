package io.github.appaware.convert.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What each tool gets of one policy, and what is said about it. Long, as the documents of seven
 * tools stand side by side, whole.
 */
class ExportTest {
  private static final String[] RULES = {
    "[default]",
    "unknown = 'deny'",
    "[[app]]",
    "id = 'billing'",
    "file = 'billing.jar'",
    "[[rule]]",
    "id = 'central'",
    "action = 'allow'",
    "host = ['repo1.maven.org', '*.example.com']",
    "port = 443",
    "protocol = 'tcp'",
    "[[rule]]",
    "id = 'db'",
    "action = 'allow'",
    "app = 'billing'",
    "origin = 'maven:org.postgresql:postgresql'",
    "host = 'db.internal'",
    "port = ['5432-5434']",
    "[[rule]]",
    "id = 'nets'",
    "action = 'allow'",
    "event = 'connect'",
    "address = ['192.0.2.0/24', '2001:db8::1']",
    "port = 8443",
    "protocol = 'tcp'",
    "[[rule]]",
    "id = 'not-there'",
    "action = 'deny'",
    "address = ['192.0.2.128/25', 'metadata']",
    "[[rule]]",
    "id = 'no-ads'",
    "action = 'deny'",
    "host = 'ads.example.com'",
    "[[rule]]",
    "action = 'deny'",
    "host = 'telemetry.example.org'",
    "[[rule]]",
    "id = 'serve'",
    "action = 'allow'",
    "event = ['bind', 'listen', 'accept']",
    "address = '127.0.0.1'",
    "port = 8080",
    "[[rule]]",
    "id = 'maybe'",
    "action = 'ask'",
    "host = 'new.example.org'"
  };

  private static Export export(Exporter exporter, String... lines) throws Exception {
    Policy policy = Samples.policy(lines);
    return exporter.export(policy, "billing", Samples.NOW);
  }

  private static String text(Export export) {
    assertThat(export.documents()).hasSize(1);
    return export.documents().get(0).text();
  }

  private static final String ALWAYS_DENIED =
      "passed over: p.toml:35: denies what the list does not allow";

  private static final String MAYBE =
      "not carried over: maybe (p.toml:44): it asks a person; the list denies";

  private static final String LIMITED =
      "carried over, not exactly: db (p.toml:13): it holds for every program and library there,"
          + " not only by `app`, `origin`";

  @Test
  void theFirewallOfCopilotGetsUrlsAndDomains() throws Exception {
    Export export = export(new GithubFirewallList(), RULES);
    assertThat(text(export)).isEqualTo("https://repo1.maven.org/\nexample.com\ndb.internal\n");
    assertThat(export.isExact()).isFalse();
    assertThat(export.remarks())
        .containsExactly(
            LIMITED,
            "passed over: serve (p.toml:38): is about listening and peers",
            MAYBE,
            "not carried over: not-there (p.toml:27): it denies addresses, whatever their names;"
                + " the tool can't",
            "not carried over: no-ads (p.toml:31): it denies a part of what rule `central` allows;"
                + " the tool can't",
            ALWAYS_DENIED,
            "carried over, not exactly: central (p.toml:7): `*.name` is `name` there, which includes"
                + " the name itself, at any port",
            "carried over, not exactly: db (p.toml:13): it is about TCP alone there",
            "carried over, not exactly: db (p.toml:13): a name includes all names below it there, at"
                + " any port",
            "not carried over: nets (p.toml:20): it allows addresses; the list takes names");
  }

  @Test
  void hardenRunnerGetsAStepWithEndpoints() throws Exception {
    Export export = export(new HardenRunnerList(), RULES);
    assertThat(text(export))
        .isEqualTo(
            """
            - uses: step-security/harden-runner@v2
              with:
                egress-policy: block
                allowed-endpoints: >
                  repo1.maven.org:443
                  *.example.com:443
                  db.internal:5432
                  db.internal:5433
                  db.internal:5434
            """);
    assertThat(export.remarks())
        .contains(
            LIMITED,
            "carried over, not exactly: it lets private networks, this machine and what GitHub"
                + " Actions needs pass as well");
  }

  @Test
  void fenceGetsItsSettings() throws Exception {
    Export export = export(new FenceSettings(), RULES);
    assertThat(text(export))
        .isEqualTo(
            """
            {
              "network" : {
                "allowedDomains" : [
                  "repo1.maven.org",
                  "*.example.com",
                  "db.internal"
                ],
                "deniedDomains" : [
                  "ads.example.com",
                  "telemetry.example.org"
                ],
                "allowLocalBinding" : true,
                "allowLocalOutbound" : false
              }
            }
            """);
    assertThat(export.remarks())
        .contains(
            "carried over, not exactly: central (p.toml:7), db (p.toml:13): it allows any port"
                + " there",
            "carried over, not exactly: serve (p.toml:38): it allows listening at any port there",
            "not carried over: nets (p.toml:20): `192.0.2.0/24`: it takes single IPv4 addresses");
  }

  @Test
  void ciliumGetsNamesAndNetworks() throws Exception {
    Export export = export(new CiliumPolicy(), RULES);
    assertThat(text(export))
        .isEqualTo(
            """
            apiVersion: "cilium.io/v2"
            kind: "CiliumNetworkPolicy"
            metadata:
              name: "billing"
            spec:
              endpointSelector:
                matchLabels:
                  app: "billing"
              egress:
                - toEndpoints:
                    - matchLabels:
                        "k8s:io.kubernetes.pod.namespace": "kube-system"
                        "k8s:k8s-app": "kube-dns"
                  toPorts:
                    - ports:
                        - port: "53"
                          protocol: "ANY"
                      rules:
                        dns:
                          - matchPattern: "*"
                - toFQDNs:
                    - matchName: "repo1.maven.org"
                    - matchPattern: "**.example.com"
                  toPorts:
                    - ports:
                        - port: "443"
                          protocol: "TCP"
                - toFQDNs:
                    - matchName: "db.internal"
                  toPorts:
                    - ports:
                        - port: "5432"
                          endPort: 5434
                          protocol: "ANY"
                - toCIDR:
                    - "192.0.2.0/24"
                    - "2001:db8::1/128"
                  toPorts:
                    - ports:
                        - port: "8443"
                          protocol: "TCP"
              egressDeny:
                - toCIDR:
                    - "192.0.2.128/25"
            """
                + METADATA
                    .lines()
                    .map(line -> "        - \"" + line + "\"\n")
                    .reduce("", String::concat));
  }

  private static final String METADATA =
      """
      169.254.169.254/32
      fd00:ec2::254/128
      169.254.170.2/32
      169.254.170.23/32
      fd00:ec2::23/128
      168.63.129.16/32
      fd20:ce::254/128
      fd00:c1::a9fe:a9fe/128
      fe80::a9fe:a9fe/128
      100.100.100.200/32
      169.254.0.23/32
      169.254.42.42/32
      fd00:42::42/128
      """;

  @Test
  void kubernetesGetsNetworksWithExceptions() throws Exception {
    Export export = export(new KubernetesPolicy(), RULES);
    assertThat(text(export))
        .isEqualTo(
            """
            apiVersion: "networking.k8s.io/v1"
            kind: "NetworkPolicy"
            metadata:
              name: "billing"
            spec:
              podSelector:
                matchLabels:
                  app: "billing"
              policyTypes:
                - "Egress"
              egress:
                - to:
                    - namespaceSelector:
                        matchLabels:
                          "kubernetes.io/metadata.name": "kube-system"
                      podSelector:
                        matchLabels:
                          k8s-app: "kube-dns"
                  ports:
                    - protocol: "UDP"
                      port: 53
                    - protocol: "TCP"
                      port: 53
                - to:
                    - ipBlock:
                        cidr: "192.0.2.0/24"
                        except:
                          - "192.0.2.128/25"
                    - ipBlock:
                        cidr: "2001:db8::1/128"
                  ports:
                    - protocol: "TCP"
                      port: 8443
            """);
    assertThat(export.remarks())
        .contains(
            "not carried over: central (p.toml:7), db (p.toml:13): it allows names; a NetworkPolicy"
                + " takes addresses (see `--to cilium`)");
  }

  @Test
  void denoGetsItsFlags() throws Exception {
    Export export = export(new DenoFlags(), RULES);
    assertThat(text(export))
        .startsWith(
            "--allow-net=repo1.maven.org:443,*.example.com:443,db.internal:5432,db.internal:5433,"
                + "db.internal:5434,192.0.2.0/24:8443,[2001:db8::1]:8443,127.0.0.1:8080\n"
                + "--deny-net=192.0.2.128/25,169.254.169.254,[fd00:ec2::254],")
        .endsWith(",ads.example.com,telemetry.example.org\n");
  }

  @Test
  void openSnitchGetsAFileForEachRuleInTheOrderThatCounts() throws Exception {
    Export export =
        export(
            new OpenSnitchRules(),
            "[[rule]]",
            "id = 'low'",
            "action = 'allow'",
            "host = ['a.example', 'b.example', '*.c.example']",
            "port = [443, '8000-8010']",
            "[[rule]]",
            "id = 'high'",
            "action = 'allow'",
            "priority = 5",
            "address = '192.0.2.0/24'",
            "protocol = 'udp'",
            "user = 'me'",
            "[[rule]]",
            "id = 'never'",
            "action = 'deny'",
            "host = 'x.c.example'");
    assertThat(export.documents())
        .extracting(Export.Document::name)
        .containsExactly(
            "000-allow-high.json",
            "001-deny-never.json",
            "002-allow-low.json",
            "003-allow-low.json",
            "004-allow-low.json",
            "005-allow-low.json",
            "006-allow-look-ups.json");
    assertThat(export.documents().get(0).text())
        .isEqualTo(
            """
            {
              "created" : "TIME",
              "updated" : "TIME",
              "name" : "000-allow-high",
              "description" : "",
              "enabled" : true,
              "precedence" : true,
              "nolog" : false,
              "action" : "allow",
              "duration" : "always",
              "operator" : {
                "type" : "list",
                "operand" : "list",
                "sensitive" : false,
                "data" : "",
                "list" : [
                  {
                    "type" : "simple",
                    "operand" : "user.name",
                    "sensitive" : false,
                    "data" : "me"
                  },
                  {
                    "type" : "regexp",
                    "operand" : "protocol",
                    "sensitive" : false,
                    "data" : "^(udp|udp6)$"
                  },
                  {
                    "type" : "network",
                    "operand" : "dest.network",
                    "sensitive" : false,
                    "data" : "192.0.2.0/24"
                  }
                ]
              }
            }
            """
                .replace("TIME", Samples.NOW.toString()));
    assertThat(export.documents().get(2).text()).contains("\"^(a\\\\.example|b\\\\.example)$\"");
    assertThat(export.remarks())
        .containsExactly(
            "carried over, not exactly: it lets every name be looked up",
            "passed over: what no rule decides, its default action does: set that to deny");
  }

  @Test
  void aListThatSaysTheSameHasNoRemark() throws Exception {
    String[] rule = {"[[rule]]", "action = 'allow'", "host = 'a.example'", "port = 443", ""};
    for (Exporter exporter : List.of(new DenoFlags(), new GithubFirewallList())) {
      rule[4] = exporter instanceof DenoFlags ? "" : "protocol = 'tcp'";
      Export export = export(exporter, rule);
      assertThat(export.isExact()).isTrue();
      assertThat(export.remarks()).isEmpty();
    }
  }

  @Test
  void aNameThatIsDeniedAsAWholeIsLeftOut() throws Exception {
    Export export =
        export(
            new GithubFirewallList(),
            "[[rule]]",
            "action = 'allow'",
            "host = ['a.example', 'b.example']",
            "port = 443",
            "protocol = 'tcp'",
            "[[rule]]",
            "action = 'deny'",
            "host = '*.example'");
    assertThat(text(export)).isEmpty();
    assertThat(export.isExact()).isTrue();

    Export outranked =
        export(
            new GithubFirewallList(),
            "[[rule]]",
            "action = 'allow'",
            "host = 'a.example'",
            "port = 443",
            "priority = 1",
            "[[rule]]",
            "action = 'deny'",
            "host = 'a.example'");
    assertThat(text(outranked)).isEqualTo("https://a.example/\n");
  }

  @Test
  void whatTheListWouldDecideOtherwiseIsTold() throws Exception {
    Export export =
        export(
            new DenoFlags(),
            "[default]",
            "unknown = 'allow'",
            "[[rule]]",
            "id = 'old'",
            "action = 'allow'",
            "host = 'old.example'",
            "expires = 2000-01-01T00:00:00Z",
            "[[rule]]",
            "id = 'soon'",
            "action = 'allow'",
            "host = 'a.example'",
            "expires = 2100-01-01T00:00:00Z",
            "priority = 1",
            "[[rule]]",
            "id = 'ask'",
            "action = 'ask'",
            "host = 'a.example'",
            "priority = 2",
            "[[rule]]",
            "id = 'deny'",
            "action = 'deny'",
            "host = 'a.example'",
            "[[rule]]",
            "id = 'socket'",
            "action = 'allow'",
            "path = '/run/x'",
            "[[rule]]",
            "id = 'names'",
            "action = 'allow'",
            "event = 'resolve'",
            "[[rule]]",
            "id = 'far'",
            "action = 'allow'",
            "host = 'b.example'",
            "through = 'any'",
            "[[rule]]",
            "id = 'many'",
            "action = 'allow'",
            "host = 'c.example'",
            "port = '1-1000'");
    assertThat(export.remarks())
        .containsExactly(
            "not carried over: the default allows what no rule decides; the list denies it",
            "passed over: old (p.toml:4): has expired",
            "carried over, not exactly: soon (p.toml:9): it does not expire there",
            "passed over: socket (p.toml:24): is about Unix-domain sockets",
            "passed over: names (p.toml:28): is about look-ups alone",
            "passed over: far (p.toml:32): is about what a proxy is asked for; the tool sees the"
                + " proxy alone",
            "not carried over: ask (p.toml:15): it asks before rule `soon` allows; the list allows"
                + " at once",
            "carried over, not exactly: soon (p.toml:9): rule `deny` denies first there",
            "not carried over: many (p.toml:37): it has more than 32 ports, and the tool knows no"
                + " ranges");
    assertThat(text(export)).isEqualTo("--allow-net=a.example\n--deny-net=a.example\n");
  }
}
