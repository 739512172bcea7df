package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.convert.Conversion.Carried;
import io.github.appaware.convert.Conversion.LeftOut;
import io.github.appaware.policy.edit.EditException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each entry becomes, a line each: the rule's keys, or why there is none. */
class ConversionTest {
  /** What OpenSnitch lets pass, after its rules. */
  private static final String NOT_JUDGED =
      "; allow event=[\"bind\", \"listen\", \"accept\", \"receive\"]; allow protocol=\"unix\"";

  private final Conversion conversion = new Conversion();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--allow-net=a.example             | allow host=\"a.example\"",
        "-N=*.a.example:8080               | allow host=[\"*.a.example\", \"a.example\"] port=8080",
        "-RN=1.2.3.4                       | allow address=\"1.2.3.4\"",
        "--deny-net=[2001:db8::1]:443      | deny event=[\"connect\", \"send\", \"bind\","
            + " \"listen\"] address=\"2001:db8::1\" port=443",
        "--allow-net=[2001:db8::1]         | allow address=\"2001:db8::1\"",
        "--allow-net=10.0.0.0/8            | allow address=\"10.0.0.0/8\"",
        "--allow-net='a.example'           | allow host=\"a.example\"",
        "-A                                | allow",
        "-RA                               | allow",
        "--allow-net | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "--deny-net  | deny event=\"resolve\"; deny protocol=[\"tcp\", \"udp\"]",
        "-NR         | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "--allow-net=          | lost: the host is empty, so it matches nothing",
        "--allow-net=vsock:2:1 | lost: Java has no vsock sockets",
        "--allow-net=a:        | lost: `:` is not a port (write a number from 0 to 65535, a range"
            + " like `\"8000-8099\"`, or `\"ephemeral\"`)",
        "--allow-net=https://a | lost: `https://a` is a URL, not a host name (write the host"
            + " alone: `a`)",
        "--allow-net=10.0.0.1/8| lost: `10.0.0.1/8` has bits set beyond its prefix (the network"
            + " is `10.0.0.0/8`)",
        "--allow-read=/tmp     | passed: is not about the network",
        "--allow-import=a      | passed: is about modules that Deno fetches, which no JVM does",
        "-RW                   | passed: is not about the network",
        "run -r --watch main.ts| ''",
      })
  void denoPermissions(String words, String expected) {
    new DenoPermissions(conversion).words("", DenoConfig.split(words));
    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void hardenRunnerEndpointsHaveThePort443IfNone() {
    HardenRunner.convert("", "a.example:80\n *.b.example\n1.2.3.4:22 [::1]:1", conversion);
    assertThat(outcome())
        .isEqualTo(
            "allow host=\"a.example\" port=80 protocol=\"tcp\"; allow host=\"*.b.example\" port=443"
                + " protocol=\"tcp\"; allow address=\"1.2.3.4\" port=22 protocol=\"tcp\";"
                + " allow address=\"::1\" port=1 protocol=\"tcp\"");
  }

  @Test
  void hardenRunnerEndpointsAreFoundInAWorkflow() {
    HardenRunner.convert(
        "w.yml",
        """
        steps:
          - uses: step-security/harden-runner@v2
            with:
              egress-policy: block
              allowed-endpoints: >-  # these
                a.example:443

                b.example:80
              disable-sudo: true
          - uses: step-security/harden-runner@v2
            with:
              allowed-endpoints: "c.example:443 d.example:1"
        """,
        conversion);
    assertThat(outcome())
        .isEqualTo(
            "allow host=\"a.example\" port=443 protocol=\"tcp\"; allow host=\"b.example\" port=80"
                + " protocol=\"tcp\"; allow host=\"c.example\" port=443 protocol=\"tcp\";"
                + " allow host=\"d.example\" port=1 protocol=\"tcp\";"
                + " lost: its jobs have different endpoints; the policy is for one: it allows"
                + " those of all of them");
  }

  private static final String BY_NAME =
      "(a program that asks for a name that leads to the address is denied the look-up: name it)";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*.a.example:443|connect|allow event=[\"resolve\", \"connect\", \"send\"]"
            + " host=\"*.a.example\" port=443",
        "a.example|Resolve|allow event=\"resolve\" host=\"a.example\"",
        "1.2.3.4:-1023|connect, resolve|allow event=[\"connect\", \"send\"] address=\"1.2.3.4\""
            + " port=[\"0-1023\", \"32768-60999\"] (port 0 is taken for Linux's usual range of"
            + " ephemeral ports); allow event=\"resolve\" address=\"1.2.3.4\" "
            + BY_NAME,
        "[::1]:1024-|connect|allow event=[\"connect\", \"send\"] address=\"::1\""
            + " port=\"1024-65535\"; allow event=\"resolve\" address=\"::1\" "
            + BY_NAME,
        "::1|connect|lost: an IPv6 address needs brackets; the JDK ignores the permission",
        "127.0.0.1:80|connect|allow event=[\"connect\", \"send\"] address=\"127.0.0.1\" port=80;"
            + " allow event=\"resolve\" host=\"localhost\"",
        "127.0.0.1:1024-|listen|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"bind\", \"listen\"] port=[\"0\", \"1024-65535\"]",
        "localhost:80|accept|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"accept\", \"receive\"] address=[\"127.0.0.1\", \"::1\"] port=80",
        "*|connect|allow event=[\"connect\", \"send\"]; allow event=\"resolve\"",
        "localhost:8080|listen|allow event=\"resolve\" host=\"localhost\"; allow event=[\"bind\", \"listen\"] port=8080",
        ":80|connect|lost: a port without a host: the JDK grants nothing; write `localhost`",
        "localhost:0|listen|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"bind\", \"listen\"] port=[\"0\", \"32768-60999\"]"
            + " (port 0 is taken for Linux's usual range of ephemeral ports)",
        "a.example:1|listen|allow event=\"resolve\" host=\"a.example\"; lost: `listen`: the JDK asks"
            + " for `localhost`, whatever the local address",
        "a.example|accept|allow event=\"resolve\" host=\"a.example\"; lost: `accept`: a peer has an address only, for which no name is looked"
            + " up: use its address",
        "${host}|connect|lost: a policy has no properties to expand",
        "a.example|dance|lost: has an unknown action `dance`",
        "a.example:x|connect|lost: `x` is not a port (write a number from 0 to 65535, a range"
            + " like `\"8000-8099\"`, or `\"ephemeral\"`)",
      })
  void socketPermissions(String target, String actions, String expected) {
    JavaPolicy.convert(
        "p",
        "grant { permission java.net.SocketPermission \"%s\", \"%s\"; };"
            .formatted(target, actions),
        conversion);
    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void javaPoliciesHaveCommentsKeystoresAndGrantsForSome() {
    JavaPolicy.convert(
        "p",
        """
        keystore "x", "JKS"; // a
        /* grant { permission java.net.SocketPermission "no", "connect"; }; */
        grant codeBase "file:/x.jar", signedBy "me" {
          permission java.net.SocketPermission "a", "connect";
        };
        grant codeBase "file:/lib/-" { permission java.net.SocketPermission "b", "connect"; };
        grant principal com.X "me" { permission java.net.SocketPermission "c", "connect"; };
        grant {
          permission java.security.AllPermission;
          permission java.net.SocketPermission "d", "connect", signedBy "me";
          permission java.net.SocketPermission "e";
          permission java.io.FilePermission "/tmp", "read";
          permission java.util.PropertyPermission "x", "read"
        };
        grant {""",
        conversion);

    assertThat(conversion.pieces())
        .extracting(piece -> piece.source() + ": " + ((LeftOut) piece).reason())
        .containsExactly(
            "p:4 java.net.SocketPermission a, connect: policies have no signers and principals",
            "p:6 java.net.SocketPermission b, connect: code of `file:/lib/-` is not a jar with a name",
            "p:7 java.net.SocketPermission c, connect: policies have no signers and principals",
            "p:9 java.security.AllPermission: is about more than sockets; name what it needs of"
                + " them",
            "p:10 java.net.SocketPermission d, connect, me: policies have no signers",
            "p:11 java.net.SocketPermission e: expected a target and actions",
            "p: permissions that are not about the network: 2");
    assertThat(conversion.isExact()).isFalse();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '!',
      value = {
        "simple ! true             !           ! allow event=[\"connect\", \"send\"]"
            + " protocol=[\"tcp\", \"udp\", \"sctp\"]; allow event=\"resolve\"",
        "simple ! dest.host        ! a.example ! allow host=\"a.example\"",
        "regexp ! dest.host ! ^(.*\\\\.)?a\\\\.example$ ! allow host=[\"a.example\","
            + " \"*.a.example\"]",
        "regexp ! dest.host ! ^.*\\\\.a\\\\.example$    ! allow host=\"*.a.example\"",
        "regexp ! dest.host ! ^(a\\\\.x|b\\\\.x)$       ! allow host=[\"a.x\", \"b.x\"]",
        "regexp ! dest.host ! .*\\\\.a.example          ! lost: `.*\\.a.example` is more than a"
            + " list of plain values for `host`",
        "regexp ! dest.host ! ^a\\\\.x|b\\\\.x$         ! lost: `^a\\.x|b\\.x$` is more than a"
            + " list of plain values for `host`",
        "simple ! dest.ip          ! 1.2.3.4   ! allow event=[\"connect\", \"send\"]"
            + " address=\"1.2.3.4\"",
        "network ! dest.network    ! 10.0.0.0/8 ! allow event=[\"connect\", \"send\"]"
            + " address=\"10.0.0.0/8\"",
        "network ! dest.network    ! LAN       ! lost: `LAN` is more than a list of plain"
            + " values for `address`",
        "network ! dest.network    ! 10.1.2.3/8 ! allow event=[\"connect\", \"send\"]"
            + " address=\"10.0.0.0/8\"",
        "network ! dest.ip         ! 10.0.0.0/8 ! lost: `dest.ip` of type `network` has no"
            + " counterpart",
        "simple ! dest.ip          ! 10.0.0.0/8 ! lost: `10.0.0.0/8` is more than a list of plain"
            + " values for `address`",
        "simple ! dest.ip          ! private    ! lost: `private` is more than a list of plain"
            + " values for `address`",
        "regexp ! dest.ip ! ^(127\\\\.0\\\\.0\\\\.1|::1)$ ! allow event=[\"connect\", \"send\"]"
            + " address=[\"127.0.0.1\", \"::1\"]",
        "simple ! dest.host        ! *.a.example ! lost: `*.a.example` is more than a list of"
            + " plain values for `host`",
        "simple ! dest.port        ! 1-1024    ! lost: `1-1024` is more than a list of plain"
            + " values for `port`",
        "range ! dest.port         ! 50 - 60   ! allow event=[\"connect\", \"send\"]"
            + " port=\"50-60\"; allow event=\"resolve\"",
        "regexp ! user.name        ! ^(a|b)$   ! lost: `^(a|b)$` is not the name of one user",
        "simple ! user.name        ! ann       ! allow user=\"ann\" event=[\"connect\","
            + " \"send\"] protocol=[\"tcp\", \"udp\", \"sctp\"]; allow user=\"ann\""
            + " event=\"resolve\"",
        "regexp ! dest.port        ! ^(53|80)$ ! allow event=[\"connect\", \"send\"] port=[53, 80];"
            + " allow event=\"resolve\"",
        "simple ! protocol         ! TCP       ! allow event=[\"connect\", \"send\"]"
            + " address=\"0.0.0.0/0\" protocol=\"tcp\"",
        "simple ! protocol         ! udp6      ! allow event=[\"connect\", \"send\"]"
            + " address=\"::/0\" protocol=\"udp\"; allow event=\"resolve\"",
        "regexp ! protocol         ! ^(tcp|tcp6)$ ! allow event=[\"connect\", \"send\"]"
            + " protocol=\"tcp\"",
        "simple ! process.path     ! /usr/bin/curl ! id=\"curl\" file=\"curl\"; allow app=\"curl\""
            + " event=[\"connect\", \"send\"] protocol=[\"tcp\", \"udp\", \"sctp\"] (an"
            + " application is identified by its file name: `/usr/bin/curl` in any directory);"
            + " allow app=\"curl\" event=\"resolve\" (an application is identified by its file"
            + " name: `/usr/bin/curl` in any directory)",
        "simple ! process.path     ! /x/bin/java ! lost: every Java program is `/x/bin/java`:"
            + " give the application itself an id with `appaware identify`",
        "regexp ! process.path     ! ^/tmp/.*$ ! lost: an application is identified by its file name,"
            + " not by a regular expression",
        "simple ! process.command  ! x         ! lost: `process.command` of type `simple` has"
            + " no counterpart",
        "lists  ! lists.domains    ! /none     ! lost: `/none` is more than a list of plain"
            + " values for `host-list`",
        "list   ! list             !           ! lost: its list of conditions is empty, or of an"
            + " old form",
      })
  void openSnitchOperators(
      String type, String operand, String data, String expected, @TempDir Path dir)
      throws Exception {
    String operator =
        "{\"type\": \"%s\", \"operand\": \"%s\", \"data\": \"%s\"}"
            .formatted(type, operand, data == null ? "" : data);
    rule(dir, "a", "allow", "\"operator\": " + operator);
    OpenSnitch.convert(dir, conversion);
    assertThat(outcome()).isEqualTo(expected + NOT_JUDGED);
  }

  @Test
  void openSnitchConditionsAreJoinedAndPrecedenceIsAPriority(@TempDir Path dir) throws Exception {
    rule(
        dir,
        "b",
        "allow",
        """
        "precedence": true, "description": "it's", "operator": {"type": "list", "operand": "list",
        "list": [{"type": "simple", "operand": "dest.host", "data": "a.example"},
        {"type": "simple", "operand": "dest.port", "data": "443"}]}""");
    rule(dir, "a", "reject", "\"operator\": {\"type\": \"simple\", \"operand\": \"true\"}");
    rule(
        dir,
        "c",
        "deny",
        """
        "operator": {"type": "list", "operand": "list",
        "list": [{"type": "simple", "operand": "dest.host", "data": "a.example"},
        {"type": "simple", "operand": "dest.host", "data": "b.example"}]}""");

    OpenSnitch.convert(dir, conversion);

    assertThat(outcome())
        .isEqualTo(
            "deny event=[\"connect\", \"send\"] protocol=[\"tcp\", \"udp\", \"sctp\"] priority=1;"
                + " deny event=\"resolve\" priority=1;"
                + " allow host=\"a.example\" port=443 priority=1 note=\"it's\";"
                + " lost: it has several conditions on `host`, which all must hold"
                + NOT_JUDGED);
  }

  @Test
  void openSnitchRulesThatDoNotHoldAreNamed(@TempDir Path dir) throws Exception {
    String all = "\"operator\": {\"type\": \"simple\", \"operand\": \"true\"}";
    rule(dir, "a", "allow", all.replace("\"op", "\"enabled\": false, \"op"));
    rule(dir, "b", "allow", "\"duration\": \"until restart\", " + all);
    rule(dir, "c", "dance", all);
    rule(dir, "d", "deny", "\"x\": 1");
    Files.writeString(dir.resolve("e.json"), "[]");
    Files.writeString(dir.resolve("f.json"), "{\n  x");
    Files.writeString(dir.resolve("g.txt"), "no rule");
    Files.copy(dir.resolve("b.json"), dir.resolve("h.json"));

    OpenSnitch.convert(dir, conversion);

    assertThat(conversion.pieces())
        .filteredOn(LeftOut.class::isInstance)
        .extracting(piece -> dirless(piece.source(), dir) + ": " + ((LeftOut) piece).reason())
        .containsExactlyInAnyOrder(
            "e.json: is not a JSON object at line 1, column 3",
            "f.json: is not a JSON object at line 2, column 3",
            "b.json: a later file has a rule of the same name",
            "a.json: rule a: is disabled",
            "h.json: rule b: is temporary: until restart",
            "c.json: rule c: has an unknown action `dance`",
            "d.json: rule d: has no operator");
  }

  private static String dirless(String text, Path dir) {
    return text.replace(dir + "/", "");
  }

  private static void rule(Path dir, String name, String action, String rest) throws Exception {
    String enabled = rest.contains("\"enabled\"") ? "" : "\"enabled\": true, ";
    String duration = rest.contains("\"duration\"") ? "" : "\"duration\": \"always\", ";
    Files.writeString(
        dir.resolve(name + ".json"),
        "{\"name\": \"%s\", \"action\": \"%s\", %s%s%s}"
            .formatted(name, action, enabled, duration, rest));
  }

  private String outcome() {
    List<String> all = new ArrayList<>();
    for (Conversion.Piece piece : conversion.pieces()) {
      if (piece instanceof Carried carried) {
        all.add(words(carried));
      } else if (piece instanceof LeftOut leftOut) {
        all.add((leftOut.lost() ? "lost: " : "passed: ") + leftOut.reason());
      }
    }
    return String.join("; ", all);
  }

  private static String words(Carried carried) {
    List<String> words = new ArrayList<>();
    try {
      for (String line : carried.block().lines()) {
        if (line.startsWith("action")) {
          words.add(line.replaceAll(".*\"(.*)\"", "$1"));
        } else if (!line.startsWith("[[")) {
          words.add(line.replaceFirst(" *= ", "="));
        }
      }
    } catch (EditException e) {
      throw new AssertionError(e);
    }
    return String.join(" ", words)
        + (carried.remark().isEmpty() ? "" : " (" + carried.remark() + ")");
  }
}
