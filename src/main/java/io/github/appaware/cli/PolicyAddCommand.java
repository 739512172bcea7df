package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.model.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy add}. */
@Command(
    name = "add",
    description = "Append a rule to a policy, atomically, as answers are saved.",
    customSynopsis = "Usage: appaware policy add [OPTIONS] ACTION",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the rule is on disk", "  125  it is not; the file is unchanged"})
final class PolicyAddCommand implements Callable<Integer> {
  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;

  @Mixin private PolicyFiles files;
  @Mixin private RuleOptions options;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--everything",
      description =
          "Needed for a rule that allows all events: one without any condition. It is then for every"
              + " application and every far end.")
  private boolean everything;

  @Parameters(
      paramLabel = "ACTION",
      converter = ActionConverter.class,
      description = "What the rule does: `allow`, `deny` or `ask`.")
  private Action action;

  PolicyAddCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      requireCondition();
      Instant now = clock.instant();
      Path file = files.target(places);
      Answers answers = new Answers(file, files.all(places));
      AnswerComment comment =
          new AnswerComment("added", now, System.getProperty("user.name"), "`policy add`");
      if (dryRun) {
        answers.preview(options.rule(action, now), comment).forEach(console.out()::println);
        return 0;
      }
      show(answers.append(options.rule(action, now), comment));
      return 0;
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  /** A condition that was forgotten must not allow everything. */
  private void requireCondition() throws UsageException {
    if (everything && options.hasCondition()) {
      throw new UsageException(
          "--everything is for a rule without conditions", "leave out --everything or the others");
    }
    if (action == Action.ALLOW && !everything && !options.hasCondition()) {
      throw new UsageException(
          "a rule without a condition allows every event of every application",
          "add one, such as --host NAME; or say --everything");
    }
  }

  private void show(Answers.Saved saved) throws IOException {
    if (!json) {
      saved.lines().forEach(console.out()::println);
      console.tell("saved in " + saved.at());
      return;
    }
    JsonLine.print(
        console,
        (JsonGenerator g) -> {
          g.writeStringField("id", saved.id());
          g.writeStringField("file", saved.file().toString());
          g.writeNumberField("line", saved.line());
          JsonLine.array(g, "lines", saved.lines());
        });
  }

  /** Reads {@code ACTION}. */
  static final class ActionConverter extends WordConverter<Action> {
    ActionConverter() {
      super("action", Action.values());
    }
  }
}
