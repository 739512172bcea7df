package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.record.RecordSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The man page says what the program does: the same commands, options, words and numbers. */
class ManPageTest {
  private static final Pattern NUMBER = Pattern.compile("\\b\\d+(\\+n)?");
  private static final Pattern LONG_OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
  private static final Pattern COMMAND = Pattern.compile("(?m)^(?:\\$ )?appaware (\\S+)");
  private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`]+)`");

  /** Near no word that the reader knows, so that it names all of them. */
  private static final String UNKNOWN_WORD = "q";

  private static CommandLine model;
  private static ManPage page;

  @BeforeAll
  static void read() throws IOException {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    model = new CommandLineProgram(new Console(nowhere, nowhere), Map.of(), Path.of("/")).model();
    page = ManPage.read(Path.of("man/appaware.1"));
  }

  @Test
  void theHeaderHasTheVersionOfTheBuild() throws IOException {
    assertThat(page.header()).element(3).isEqualTo(new Version().getVersion()[0]);
  }

  @Test
  void eachCommandHasItsPartInTheOrderOfTheHelp() {
    assertThat(page.headings("COMMANDS")).containsExactlyElementsOf(commands().keySet());
  }

  @Test
  void theSynopsisIsThatOfTheHelp() {
    List<String> synopses =
        commands().values().stream()
            .flatMap(each -> Arrays.stream(each.usageMessage().customSynopsis()))
            .map(line -> line.replace("Usage:", "").strip())
            .toList();
    assertThat(page.part("SYNOPSIS", "").text().toString().lines().filter(line -> !line.isBlank()))
        .containsExactlyElementsOf(synopses);
  }

  @Test
  void theOptionsOfAllCommandsAreThoseThatEveryCommandHas() {
    List<String> common = options(model.getCommandSpec());
    assertThat(page.part("COMMANDS", "").tags()).containsExactlyInAnyOrderElementsOf(common);
    commands()
        .forEach((name, command) -> assertThat(options(command)).as(name).containsAll(common));
  }

  @Test
  void eachCommandHasItsOwnOptionsAndArguments() {
    List<String> common = options(model.getCommandSpec());
    commands()
        .forEach(
            (name, command) -> {
              List<String> own = new ArrayList<>(options(command));
              own.removeAll(common);
              command.positionalParameters().stream()
                  .filter(each -> !each.hidden())
                  .map(PositionalParamSpec::paramLabel)
                  .forEach(own::add);
              assertThat(page.part("COMMANDS", name).tags())
                  .as(name)
                  .containsExactlyInAnyOrderElementsOf(own);
            });
  }

  @Test
  void theModesAreThoseOfTheServerAndTheDefaultIsThatOfTheOption() {
    ManPage.Part run = page.part("COMMANDS", "run");
    assertThat(run.inner())
        .containsExactlyElementsOf(Stream.of(Mode.values()).map(Mode::label).toList());
    assertThat(commands().get("run").findOption("--mode").description())
        .singleElement()
        .asString()
        .endsWith("Default: ask where questions can be asked, else enforce.");
    assertThat(run.text().toString().replace('\n', ' '))
        .contains("Default: ask where questions can be asked, else enforce.");
  }

  @Test
  void noOptionOrCommandIsWrittenThatDoesNotExist() {
    Set<String> options = new TreeSet<>();
    commands().values().forEach(command -> options.addAll(command.optionsMap().keySet()));
    for (ManPage.Part part : page.parts()) {
      assertThat(all(LONG_OPTION, part.text().toString())).as(part.heading()).isSubsetOf(options);
      for (String example : part.examples()) {
        // What stands behind the two hyphens is the wrapped program's.
        String ours = example.replaceAll("(?m) -- .*", "");
        assertThat(all(LONG_OPTION, ours)).isSubsetOf(options);
        if (part.section().equals("EXAMPLES")) {
          assertThat(COMMAND.matcher(ours).results().map(found -> found.group(1)))
              .isSubsetOf(model.getSubcommands().keySet());
        }
      }
    }
  }

  @Test
  void everyExampleCommandLineIsUnderstood() {
    for (String example : page.part("EXAMPLES", "").examples()) {
      example
          .lines()
          .filter(line -> line.startsWith("$ appaware "))
          .map(line -> line.substring("$ appaware ".length()).split(" ", -1))
          .forEach(model::parseArgs); // throws what the user would be told
    }
  }

  @Test
  void theExitStatusesAreThoseOfTheHelp() {
    Set<String> statuses = new TreeSet<>();
    for (CommandSpec command : commands().values()) {
      String footer =
          command.usageMessage().footerHeading()
              + String.join("\n", command.usageMessage().footer());
      if (footer.contains("Exit status:")) {
        statuses.addAll(all(NUMBER, footer));
      }
    }
    assertThat(page.part("EXIT STATUS", "").tags()).containsExactlyInAnyOrderElementsOf(statuses);
  }

  @Test
  void theKeysAreThoseThatTheReaderKnows() {
    String q = UNKNOWN_WORD + " = 1\n";
    assertThat(tags("Top level")).isEqualTo(known("version = 1\n" + q));
    assertThat(tags("[default]")).isEqualTo(known("version = 1\n[default]\n" + q));
    assertThat(tags("[[app]]")).isEqualTo(known("version = 1\n[[app]]\nid='a'\nfile='a'\n" + q));
    assertThat(tags("[[group]]")).isEqualTo(known("version = 1\n[[group]]\nid='a'\napp='a'\n" + q));
    assertThat(tags("[[rule]]")).isEqualTo(known("version = 1\n[[rule]]\naction='deny'\n" + q));
  }

  @Test
  void theWordsAreThoseThatTheReaderKnows() {
    assertThat(tags("Events")).isEqualTo(knownValues("event"));
    assertThat(tags("Named address sets")).isEqualTo(knownValues("address"));
    String text = page.part("POLICY", "[[rule]]").text().toString();
    assertThat(text).contains("allow, deny or ask.");
    assertThat(knownValues("action")).containsExactlyInAnyOrder("allow", "deny", "ask");
    assertThat(text).contains("tcp, udp, sctp or unix.");
    assertThat(knownValues("protocol")).containsExactlyInAnyOrder("tcp", "udp", "sctp", "unix");
  }

  @Test
  void theExamplePolicyIsReadAndUsesEveryKeyOfARule(@TempDir Path directory)
      throws IOException, PolicyException {
    List<String> examples = page.part("POLICY", "Example").examples();
    assertThat(examples).hasSize(1);
    String policy = examples.get(0);
    Files.writeString(directory.resolve("blocklist.txt"), "a.example\n");
    Policy read = PolicyReader.parse(directory.resolve("policy.toml").toString(), policy);
    assertThat(read.rules()).isNotEmpty();
    assertThat(Warnings.of(read, Instant.parse("2026-06-01T12:00:00Z"))).isEmpty();
    assertThat(tags("[[rule]]"))
        .allSatisfy(key -> assertThat(policy).containsPattern("(?m)^" + key + " +="));
  }

  @Test
  void theFieldsOfTheRecordAreThoseThatAreWritten(@TempDir Path directory) throws IOException {
    Set<String> written = new TreeSet<>();
    for (String line : RecordSample.write(directory.resolve("events.jsonl"))) {
      written.addAll(fields(line));
    }
    assertThat(page.part("THE RECORD", "").tags()).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void theApplicationSeesTheSentenceAndTheReasonsThatThePageShows() {
    List<String> examples = page.part("WHAT THE APPLICATION SEES", "").examples();
    Reason rule = new Reason(Reason.Kind.RULE, "no-telemetry", "policy.toml:12");
    Event event =
        new Event.Inet(EventKind.CONNECT, Protocol.TCP, Address.of(new byte[] {127, 0, 0, 1}), 443)
            .withHost("example.com");
    assertThat(examples.get(0).strip())
        .isEqualTo(new Verdict(false, rule, Verdict.Reuse.ENDPOINT, 1).describe(event));

    List<String> reasons = new ArrayList<>();
    reasons.add(rule.describe());
    reasons.add(new Reason(Reason.Kind.RULE, "", "policy.toml:12").describe());
    reasons.add(new Reason(Reason.Kind.DEFAULT, "", "policy.toml:4").describe());
    reasons.add(new Reason(Reason.Kind.NOBODY, "", "policy.toml:4").describe());
    Stream.of(Reason.Kind.values())
        .filter(kind -> kind.compareTo(Reason.Kind.NOBODY) > 0)
        .filter(kind -> kind != Reason.Kind.OBSERVED && !Reason.of(kind).isWould()) // allowed
        .forEach(kind -> reasons.add(Reason.of(kind).describe()));
    assertThat(examples.get(1).lines()).containsExactlyElementsOf(reasons);
  }

  private static Map<String, CommandSpec> commands() {
    Map<String, CommandSpec> commands = new LinkedHashMap<>();
    model.getSubcommands().forEach((name, line) -> collect(name, line, commands));
    return commands;
  }

  /** A command, or in place of one that does nothing itself those below it. */
  private static void collect(String name, CommandLine line, Map<String, CommandSpec> commands) {
    if (line.getCommandSpec().userObject() instanceof Callable) {
      commands.put(name, line.getCommandSpec());
    }
    line.getSubcommands().forEach((below, each) -> collect(name + " " + below, each, commands));
  }

  /** As tags have them: {@code -p, --policy=FILE}. */
  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(ManPageTest::tag)
        .toList();
  }

  private static String tag(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private static Set<String> tags(String heading) {
    return new TreeSet<>(page.part("POLICY", heading).tags());
  }

  private static Set<String> knownValues(String key) {
    String action = key.equals("action") ? "" : "action = 'deny'\n";
    return known("version = 1\n[[rule]]\n" + action + key + " = '" + UNKNOWN_WORD + "'\n");
  }

  /** The words that the reader proposes in place of the unknown one. */
  private static Set<String> known(String policy) {
    PolicyException refusal =
        catchThrowableOfType(PolicyException.class, () -> PolicyReader.parse("p.toml", policy));
    assertThat(refusal.problems()).hasSize(1);
    Problem problem = refusal.problems().get(0);
    assertThat(problem.help()).startsWith("expected one of ");
    return new TreeSet<>(
        IN_BACKTICKS.matcher(problem.help()).results().map(found -> found.group(1)).toList());
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  /** The names in an object, those of objects within it behind a full stop. */
  private static List<String> fields(String line) throws IOException {
    List<String> fields = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      String outer = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT && json.currentName() != null) {
          outer = json.currentName() + ".";
        } else if (token == JsonToken.END_OBJECT) {
          outer = "";
        } else if (token == JsonToken.START_ARRAY) {
          fields.add(outer + json.currentName());
          json.skipChildren();
        } else if (token.isScalarValue()) {
          fields.add(outer + json.currentName());
        }
      }
    }
    return fields;
  }
}
