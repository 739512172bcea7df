package io.github.appaware.cli;

import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.RuleRemoval;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy remove}. */
@Command(
    name = "remove",
    description = "Remove a rule from its file, with the comment directly above it.",
    customSynopsis = "Usage: appaware policy remove [OPTIONS] RULE",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the rule is removed", "  125  it is not; the file is unchanged"})
final class PolicyRemoveCommand implements Callable<Integer> {
  /** An id has no colon. */
  private static final Pattern PLACE = Pattern.compile("(?s)(.+):([0-9]{1,9})");

  private final Console console;
  private final PolicyFiles.Places places;

  @Mixin private PolicyFiles files;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Parameters(
      paramLabel = "RULE",
      description = "The rule's id, or its place as `list` shows it: FILE:LINE.")
  private String rule;

  PolicyRemoveCommand(Console console, PolicyFiles.Places places) {
    this.console = console;
    this.places = places;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Matcher place = PLACE.matcher(rule);
      if (place.matches()) {
        remove(places.file(Path.of(place.group(1))), Integer.parseInt(place.group(2)));
      } else {
        Rule found = find(rule);
        remove(Path.of(found.file()), found.line());
      }
      return 0;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  private Rule find(String id) throws PolicyException, UsageException {
    return PolicyReader.read(files.all(places)).rules().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("no rule `" + id + "`", "see `appaware policy list`"));
  }

  private void remove(Path file, int line) throws EditException, IOException {
    List<String> lines = RuleRemoval.remove(file, line);
    if (!json) {
      lines.forEach(console.out()::println);
      console.tell("removed from " + file);
      return;
    }
    JsonLine.print(
        console,
        g -> {
          g.writeStringField("file", file.toString());
          JsonLine.array(g, "lines", lines);
        });
  }
}
