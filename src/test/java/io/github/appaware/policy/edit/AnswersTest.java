package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.moandjiezana.toml.Toml;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  private static final AnswerComment COMMENT =
      new AnswerComment(
          "answered",
          Instant.parse("2026-11-23T15:06:21Z"),
          "alice",
          "connect tcp to a.example:443");
  private static final String LINE =
      "# answered 2026-11-23T15:06:21Z by alice: connect tcp to a.example:443\n";
  private static final PolicyEntry RULE =
      PolicyEntry.rule(Action.ALLOW)
          .with(RuleKey.HOST, List.of("a.example"))
          .with(RuleKey.PORT, List.of("443"))
          .with(RuleKey.EVENT, List.of("resolve", "connect"));
  private static final String WRITTEN =
      LINE
          + """
          [[rule]]
          id     = "allow-connect-a.example-443"
          action = "allow"
          event  = ["resolve", "connect"]
          host   = "a.example"
          port   = 443
          """;

  @TempDir Path dir;

  @Test
  void aMissingFileIsMadeForItsOwnerAlone() throws Exception {
    Path file = dir.resolve("config/appaware/policy.toml");

    Answers.Saved saved = new Answers(file, List.of()).append(RULE, COMMENT);

    assertThat(file).hasContent("version = 1\n\n" + WRITTEN);
    assertThat(saved.at()).isEqualTo(file + ":4");
    assertThat(saved.id()).isEqualTo("allow-connect-a.example-443");
    assertThat(String.join("\n", saved.lines()) + "\n").isEqualTo(WRITTEN);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(file.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(PolicyReader.read(List.of(file)).rules().get(0).at()).isEqualTo(saved.at());
  }

  @Test
  void everyKeyIsWrittenInTheOrderOfTheDesign() throws Exception {
    PolicyEntry rule =
        PolicyEntry.rule(Action.DENY)
            .with(RuleKey.NOTE, "why")
            .expires(Instant.parse("2027-01-01T00:00:00.9Z"))
            .priority(5)
            .with(RuleKey.PATH, "/run/x.sock")
            .with(RuleKey.PROTOCOL, List.of("unix"))
            .with(RuleKey.APP, List.of("billing", "other"))
            .with(RuleKey.ID, "mine");
    Path file =
        write("version = 1\n[[app]]\nid='billing'\nfile='b'\n[[app]]\nid='other'\nfile='o'");

    new Answers(file, List.of()).append(rule, COMMENT);

    assertThat(Files.readString(file))
        .endsWith(
            LINE
                + """
                [[rule]]
                id       = "mine"
                action   = "deny"
                app      = ["billing", "other"]
                protocol = "unix"
                path     = "/run/x.sock"
                priority = 5
                expires  = 2027-01-01T00:00:00Z
                note     = "why\"""");
  }

  @Test
  void portsAreNumbersUnlessOneIsARange() throws Exception {
    assertThat(PolicyEntry.rule(Action.ALLOW).with(RuleKey.PORT, List.of("80", "443")).lines())
        .contains("port   = [80, 443]");
    assertThat(PolicyEntry.rule(Action.ALLOW).with(RuleKey.PORT, List.of("80", "443-444")).lines())
        .contains("port   = [\"80\", \"443-444\"]");
  }

  @Test
  void commentsOrderAndLineEndsOfTheFileStay() throws Exception {
    String old =
        "# mine\r\nversion = 1 # one\r\n\r\n\r\n[default]\r\n  unknown='deny'\r\n# end\r\n";
    Path file = write(old);

    new Answers(file, List.of()).append(RULE, COMMENT);

    assertThat(Files.readString(file)).isEqualTo(old + "\r\n" + WRITTEN.replace("\n", "\r\n"));
  }

  @Test
  void aMissingLastLineEndStaysMissing() throws Exception {
    Path file = write("version = 1\n# end");

    Answers.Saved saved = new Answers(file, List.of()).append(RULE, COMMENT);

    assertThat(Files.readString(file))
        .isEqualTo("version = 1\n# end\n\n" + WRITTEN.stripTrailing());
    assertThat(saved.line()).isEqualTo(5);
  }

  @Test
  void aByteOrderMarkStays() throws Exception {
    Path file = write("\ufeffversion = 1\n\n");

    new Answers(file, List.of()).append(RULE, COMMENT);

    assertThat(Files.readString(file)).isEqualTo("\ufeffversion = 1\n\n" + WRITTEN);
  }

  @Test
  void idsAreUniqueInTheWholeMergedPolicyAndInWhatItIncludes() throws Exception {
    Path site = dir.resolve("site.toml");
    Files.writeString(
        site, "version = 1\ninclude = ['more.toml']\n[[rule]]\nid='allow-connect-a.example-443'\n");
    Files.writeString(dir.resolve("more.toml"), "[[rule]]\nid = 'allow-connect-a.example-443-2'\n");
    Path file = dir.resolve("answers.toml");
    Answers answers = new Answers(file, List.of(site, file, dir.resolve("missing.toml")));

    assertThat(answers.append(RULE, COMMENT).id()).isEqualTo("allow-connect-a.example-443-3");
    assertThat(answers.append(RULE, COMMENT).id()).isEqualTo("allow-connect-a.example-443-4");
    assertThat(answers.preview(RULE, COMMENT))
        .contains("id     = \"allow-connect-a.example-443-5\"");
    assertThat(Files.readString(file)).doesNotContain("allow-connect-a.example-443-5");
  }

  @Test
  void anIdThatAnyFileHasIsRefused() throws Exception {
    Path site = Files.writeString(dir.resolve("site.toml"), "version = 1\n[[rule]]\nid = 'x'\n");
    Path file = dir.resolve("answers.toml");

    assertThatThrownBy(
            () -> new Answers(file, List.of(site)).append(RULE.with(RuleKey.ID, "x"), COMMENT))
        .isInstanceOf(EditException.class)
        .hasMessage("`x` is already the id of a rule");
    assertThat(file).doesNotExist();
  }

  @Test
  void anIdIsMadeOfWhatTheRuleIsAbout() throws Exception {
    Answers answers = new Answers(dir.resolve("a.toml"), List.of());
    PolicyEntry all = PolicyEntry.rule(Action.DENY);
    assertThat(id(answers, all)).isEqualTo("deny-everything");
    PolicyEntry allow = PolicyEntry.rule(Action.ALLOW);
    PolicyEntry listen = allow.with(RuleKey.EVENT, List.of("bind", "listen"));
    assertThat(id(answers, listen.with(RuleKey.ADDRESS, "0.0.0.0").with(RuleKey.PORT, "9099")))
        .isEqualTo("allow-listen-9099");
    assertThat(id(answers, listen.with(RuleKey.ADDRESS, "::1").with(RuleKey.PORT, "ephemeral")))
        .isEqualTo("allow-listen-1-ephemeral");
    PolicyEntry accept = allow.with(RuleKey.EVENT, "accept").with(RuleKey.LOCAL_PORT, "9099");
    assertThat(id(answers, accept)).isEqualTo("allow-accept-9099");
    assertThat(id(answers, accept.with(RuleKey.ADDRESS, "loopback")))
        .isEqualTo("allow-accept-loopback-9099");
    PolicyEntry out = allow.with(RuleKey.EVENT, List.of("resolve", "connect", "send"));
    assertThat(id(answers, out.with(RuleKey.HOST, "a.b.example"))).isEqualTo("allow-a.b.example");
    assertThat(id(answers, all.with(RuleKey.HOST, "*.example.com"))).isEqualTo("deny-example.com");
    assertThat(id(answers, all.with(RuleKey.ADDRESS, "2001:db8::/32")))
        .isEqualTo("deny-2001-db8-32");
    assertThat(id(answers, all.with(RuleKey.PATH, "/run/**/docker.sock")))
        .isEqualTo("deny-run-docker.sock");
    assertThat(id(answers, all.with(RuleKey.HOST, "a".repeat(63) + ".example")))
        .isEqualTo("deny-" + "a".repeat(51));
  }

  private static String id(Answers answers, PolicyEntry rule) throws EditException {
    return answers.append(rule, COMMENT).id();
  }

  @Test
  void anApplicationMayBeDefinedInAnotherFile() throws Exception {
    Path file = dir.resolve("answers.toml");

    new Answers(file, List.of()).append(RULE.with(RuleKey.APP, "billing"), COMMENT);

    assertThat(Files.readString(file)).contains("app    = \"billing\"\n");
  }

  @Test
  void severalAreSavedTogether() throws Exception {
    Path file = dir.resolve("answers.toml");
    List<Answers.Saved> saved =
        new Answers(file, List.of())
            .appendAll(
                List.of(
                    new Answers.Addition(List.of("# one"), RULE),
                    new Answers.Addition(List.of("# none", "# at all"), null),
                    new Answers.Addition(
                        List.of(), PolicyEntry.app("x").with(AppKey.FILE, "x.jar"))));

    assertThat(saved).extracting(Answers.Saved::line).containsExactly(4, 14);
    assertThat(Files.readString(file))
        .startsWith("version = 1\n\n# one\n[[rule]]\n")
        .endsWith("port   = 443\n\n# none\n# at all\n\n[[app]]\nid   = \"x\"\nfile = \"x.jar\"\n");
  }

  @Test
  void whatWasAskedCannotEndItsComment() throws Exception {
    Path file = dir.resolve("answers.toml");
    AnswerComment hostile =
        new AnswerComment("answered", COMMENT.when(), "al\u202eice", "a\n[[rule]]\naction='allow'");

    new Answers(file, List.of()).append(RULE, hostile);

    assertThat(Files.readAllLines(file))
        .contains(
            "# answered 2026-11-23T15:06:21Z by al\\u202eice:"
                + " a\\u000a[[rule]]\\u000aaction='allow'");
    assertThat(PolicyReader.read(List.of(file)).rules()).hasSize(1);
  }

  @Test
  void aCommentIsFoundAgain() {
    assertThat(AnswerComment.find(List.of("# mine", COMMENT.line()))).contains(COMMENT);
    assertThat(AnswerComment.find(List.of("# added 2026-11-23T15:06:21Z by a b: x: y")))
        .contains(new AnswerComment("added", COMMENT.when(), "a b", "x: y"));
    assertThat(AnswerComment.find(List.of("# added yesterday by bob: x y z", "# added", "#")))
        .isEmpty();
  }

  @Test
  void aFileWithProblemsIsNotTouched() throws Exception {
    assertRefused(
        "version = 1\n[[rule]\naction = 'deny'\n", "%s:2:7: unexpected `]`, expected `]]` or `.`");
    assertRefused(
        "version = 1\n[[rule]]\naction = 'deny'\nhots = 'a'\n",
        "%s:4:1: unknown key `hots`\n  help: did you mean `host`?");
    assertRefused("", "%s:1:1: `version` is missing\n  help: begin the file with `version = 1`");
    assertRefused(
        "version = 1\nrule = []\n[[app]]\nid='a'\nfile='b'\n",
        "the rule would not be read: `rule` previously defined as a literal array at line 2, column"
            + " 1; `id` previously defined at line 4, column 1");
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = write(text);
    EditException refusal =
        catchThrowableOfType(
            EditException.class, () -> new Answers(file, List.of()).append(RULE, COMMENT));
    assertThat(refusal).hasMessage(message.formatted(file));
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aRuleThatTheReaderRefusesIsNotWritten() throws Exception {
    Path file = write("version = 1\n");
    assertThatThrownBy(
            () -> new Answers(file, List.of()).append(RULE.with(RuleKey.HOST, "10.0.0.1"), COMMENT))
        .isInstanceOf(EditException.class)
        .hasMessage("the rule would not be read: `10.0.0.1` is an address, not a host name");
    assertThatThrownBy(
            () -> new Answers(file, List.of()).append(RULE.with(RuleKey.NOTE, "'''\\'"), COMMENT))
        .isInstanceOf(EditException.class)
        .hasMessage("`'''\\'` can't be written so that every reader of TOML reads it alike");
    assertThat(Files.readString(file)).isEqualTo("version = 1\n");
    assertThat(left()).containsExactly("policy.toml");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("policy.toml"), text);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theOtherReaderReadsEveryWrittenFileAlike() throws Exception {
    Path file = dir.resolve("policy.toml");
    List<Answers.Addition> all =
        List.of(
            new Answers.Addition(List.of("# it's [a] = \"b\" # ''' \"\"\""), null),
            new Answers.Addition(
                List.of(COMMENT.line()),
                PolicyEntry.app("b")
                    .with(AppKey.FILE, "b-*.jar")
                    .with(AppKey.SHA256, "9f".repeat(32))),
            new Answers.Addition(
                List.of(COMMENT.line()),
                PolicyEntry.rule(Action.ASK)
                    .with(RuleKey.APP, "b")
                    .with(RuleKey.EVENT, List.of("connect", "send"))
                    .with(RuleKey.ADDRESS, List.of("10.0.0.0/8", "2001:db8::/32", "metadata"))
                    .with(RuleKey.PORT, List.of("80", "8000-8099"))
                    .with(RuleKey.PROTOCOL, List.of("tcp", "udp"))
                    .with(RuleKey.ORIGIN, List.of("jar:it's-\"*\".jar", "package:com.acme.**"))
                    .with(RuleKey.USER, List.of("DOMAIN\\new", "a'b\\c"))
                    .with(RuleKey.PARENT, "b")
                    .priority(-3)
                    .expires(Instant.parse("2027-01-01T00:00:00Z"))
                    .note("say \"x\"\n# [[rule]]")),
            new Answers.Addition(
                List.of(), PolicyEntry.rule(Action.DENY).with(RuleKey.PATH, "/run/C:\\new/**")));

    new Answers(file, List.of()).appendAll(all);

    assertThat(instants(new Toml().read(file.toFile()).toMap()))
        .isEqualTo(instants(TomlTree.parse("", Files.readString(file))));
    assertThat(PolicyReader.read(List.of(file)).rules()).hasSize(2);
  }

  @Test
  void aLongHostListOfTheFileIsNotReadForEachAnswer() throws Exception {
    Path file = write("version = 1\n[[rule]]\naction = 'deny'\nhost-list = 'list.txt'\n");

    // Were it read, the answer would be refused: it is not there.
    new Answers(file, List.of()).append(RULE, COMMENT);

    assertThat(Files.readString(file)).endsWith(WRITTEN);
    assertThatThrownBy(
            () ->
                new Answers(file, List.of())
                    .append(
                        PolicyEntry.rule(Action.DENY).with(RuleKey.HOST_LIST, "list.txt"), COMMENT))
        .isInstanceOf(EditException.class)
        .hasMessage(
            "the rule would not be read: the host list `list.txt` can't be used: no such file");
  }

  /** Both readers' values, with times of one type. */
  private static Object instants(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new HashMap<>();
      map.forEach((key, each) -> copy.put(key, instants(each)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AnswersTest::instants).toList();
    }
    if (value instanceof Date date) {
      return date.toInstant();
    }
    return value instanceof OffsetDateTime time ? time.toInstant() : value;
  }
}
