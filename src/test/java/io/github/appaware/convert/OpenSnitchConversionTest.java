package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.convert.Conversion.LeftOut;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each rule of OpenSnitch becomes: the rule's keys, or why there is none. */
class OpenSnitchConversionTest {
  /** What OpenSnitch lets pass, after its rules. */
  private static final String NOT_JUDGED =
      "; allow event=[\"bind\", \"listen\", \"accept\", \"receive\"]; allow protocol=\"unix\"";

  private final Conversion conversion = new Conversion();

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
  void openSnitchComparesCaseWhereItIsToldTo(@TempDir Path dir) throws Exception {
    rule(
        dir,
        "a",
        "allow",
        "\"operator\": {\"type\": \"simple\", \"operand\": \"dest.host\", \"sensitive\": true,"
            + " \"data\": \"A.example\"}");
    OpenSnitch.convert(dir, conversion);
    assertThat(outcome())
        .isEqualTo("lost: `A.example` is compared in upper and lower case" + NOT_JUDGED);
  }

  @Test
  void aFolderWithoutRulesIsNamed(@TempDir Path dir) throws Exception {
    OpenSnitch.convert(dir, conversion);
    assertThat(outcome()).isEqualTo("lost: has no rules in it");
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
    return Outcome.of(conversion);
  }
}
