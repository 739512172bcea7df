package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.GuardMode;
import io.github.appaware.event.Mode;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options of {@code appaware run}. They are built, not declared by annotations as those of
 * other commands: reading annotations defines three proxy classes, which no class archive can hold,
 * and cost each run 30 ms of processor time.
 */
final class RunArguments {
  private static final String[] FOOTER = {
    "  the program's own, or 128+n when signal n ended it",
    "  120  with --fail-on-denied: it ended with 0, but something was denied, or reached a",
    "       process outside of the run that no rule with `peer` allows; with --fail-on-new:",
    "       it ended with 0, but something is new since the baseline",
    "  125  appaware itself failed: nothing was run, or the program was stopped; with",
    "       --fail-on-denied or --blind deny also: it ended with 0, but nothing was judged,",
    "       or a program beside it used the network without being judged",
    "  126  the command was found but can't be executed",
    "  127  the command was not found"
  };

  private final CommandSpec spec;

  private RunArguments(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * For a command.
   *
   * @param command what is called when the options were read
   */
  static RunArguments of(Object command) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name("run");
    spec.usageMessage()
        .description("Run a program under a policy.")
        .synopsisHeading("")
        .customSynopsis("Usage: appaware run [OPTIONS] [--] COMMAND [ARGUMENT...]")
        .sortOptions(false)
        .footerHeading("%nExit status:%n")
        .footer(FOOTER);
    spec.addOption(
        OptionSpec.builder("-p", "--policy")
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .description(
                "A policy; several are merged. Default: appaware/policy.toml in the user's"
                    + " configuration directory.")
            .build());
    spec.addOption(
        OptionSpec.builder("--mode")
            .paramLabel("MODE")
            .type(Mode.class)
            .converters(new ModeConverter())
            .description(
                "What becomes of an event that no rule decides: `ask` follows the policy's default, and asks"
                    + " you where that is `ask`; `enforce` denies it there; `observe` lets it pass and"
                    + " records it; `audit` lets everything pass, also what rules deny, and records what"
                    + " they would have done. Default: ask where questions can be asked, else enforce.")
            .build());
    spec.addOption(
        OptionSpec.builder("--prompt")
            .paramLabel("WHERE")
            .type(PromptPlace.class)
            .defaultValue("terminal")
            .converters(new PromptPlace.Converter())
            .description(
                "Where questions are asked: on this `terminal`; only on a `console` (see appaware console),"
                    + " for full-screen programs; on `none`. Default: ${DEFAULT-VALUE}, but none if"
                    + " there is no terminal or the variable CI is set.")
            .build());
    spec.addOption(
        OptionSpec.builder("--no-prompt")
            .type(boolean.class)
            .description("The same as --prompt none.")
            .build());
    spec.addOption(
        OptionSpec.builder("--answers")
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "Where answers are kept; part of the policy. It need not exist yet. Default: the first"
                    + " --policy, else appaware/policy.toml in the user's configuration directory.")
            .build());
    spec.addOption(
        OptionSpec.builder("--blind")
            .paramLabel("WHAT")
            .type(BlindMode.class)
            .defaultValue("allow")
            .converters(new BlindConverter())
            .description(
                "Whether to allow what appaware can't see inside: native libraries and functions, programs"
                    + " that are not Java, attaching to other JVMs. `allow` records it, `deny` refuses it."
                    + " Default: ${DEFAULT-VALUE}.")
            .build());
    spec.addOption(
        OptionSpec.builder("--guard")
            .paramLabel("MODE")
            .type(GuardMode.class)
            .defaultValue("off")
            .converters(new GuardConverter())
            .description(
                "Whether the kernel (Linux) brings every network call of the program and of all that it"
                    + " starts, Java or not, to be judged: `auto` where this machine can, `on` or the run"
                    + " does not start, `off`. Programs in a guarded run gain no privileges (sudo)."
                    + " Default: ${DEFAULT-VALUE}.")
            .build());
    spec.addOption(
        OptionSpec.builder("--log")
            .paramLabel("FILE")
            .type(Path.class)
            .description("Append every event with its verdict and reason to FILE, as JSON Lines.")
            .build());
    spec.addOption(
        OptionSpec.builder("--server")
            .paramLabel("ADDRESS")
            .type(String.class)
            .description(
                "A remote server that must also allow what this run does: tls://HOST:PORT; several,"
                    + " separated by commas, are tried in turn. See appaware enroll. A --policy can then only be"
                    + " stricter than the server's.")
            .build());
    spec.addOption(
        OptionSpec.builder("--offline-grace")
            .paramLabel("TIME")
            .type(String.class)
            .defaultValue("0s")
            .description(
                "How long cached verdicts stay valid while the remote server is away: `30s`, `5m`."
                    + " Everything else is denied meanwhile. Default: ${DEFAULT-VALUE}.")
            .build());
    spec.addOption(
        OptionSpec.builder("--fail-on-denied")
            .type(boolean.class)
            .description(
                "Exit with 120 when the program ends with 0 but something was denied (with --mode audit:"
                    + " would have been), or reached a process outside of the run that no rule with `peer`"
                    + " allows.")
            .build());
    spec.addOption(
        OptionSpec.builder("--summary")
            .paramLabel("FILE")
            .type(Path.class)
            .description("Write the summary to FILE, as one JSON object, for programs.")
            .build());
    spec.addOption(
        OptionSpec.builder("--baseline")
            .paramLabel("RECORD")
            .type(Path.class)
            .description(
                "At the end, tell what is new and what is gone since this record of an earlier run.")
            .build());
    spec.addOption(
        OptionSpec.builder("--fail-on-new")
            .type(boolean.class)
            .description(
                "Exit with 120 when the program ends with 0 but something is new since --baseline.")
            .build());
    spec.addOption(
        OptionSpec.builder("--report")
            .paramLabel("FORM=FILE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .description(
                "Write a report of the run: md=FILE (Markdown), junit=FILE (JUnit XML), sarif=FILE"
                    + " (code scanning), html=FILE (one page), json=FILE. In GitHub Actions, what was denied is also annotated, and the Markdown is"
                    + " appended to the step's summary.")
            .build());
    spec.addOption(
        OptionSpec.builder("-q", "--quiet")
            .type(boolean.class)
            .description("Print no summary at the end.")
            .build());
    spec.addOption(
        OptionSpec.builder("-v", "--verbose")
            .type(boolean.class)
            .description(
                "At the end, also name the level of protection that was in force, and the programs that"
                    + " ran without the agent, whether they used a network or not.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("What to run, as without appaware: `java -jar app.jar`, `./gradlew test`.")
            .build());
    return new RunArguments(spec);
  }

  CommandSpec spec() {
    return spec;
  }

  private static <T> List<T> list(List<T> values) {
    return values == null ? List.of() : values;
  }

  private boolean flag(String option) {
    return Boolean.TRUE.equals(spec.findOption(option).getValue());
  }

  List<Path> policies() {
    return list(spec.findOption("--policy").getValue());
  }

  Mode mode() {
    return spec.findOption("--mode").getValue();
  }

  PromptPlace where() {
    return spec.findOption("--prompt").getValue();
  }

  boolean noPrompt() {
    return flag("--no-prompt");
  }

  Path answers() {
    return spec.findOption("--answers").getValue();
  }

  BlindMode blind() {
    return spec.findOption("--blind").getValue();
  }

  GuardMode guard() {
    return spec.findOption("--guard").getValue();
  }

  Path log() {
    return spec.findOption("--log").getValue();
  }

  String server() {
    return spec.findOption("--server").getValue();
  }

  String offlineGrace() {
    return spec.findOption("--offline-grace").getValue();
  }

  boolean failOnDenied() {
    return flag("--fail-on-denied");
  }

  Path summary() {
    return spec.findOption("--summary").getValue();
  }

  Path baseline() {
    return spec.findOption("--baseline").getValue();
  }

  /** Whether the run's record is to be read when it is over. */
  boolean isReadBack() {
    return baseline() != null || failOnNew() || !reports().isEmpty();
  }

  boolean failOnNew() {
    return flag("--fail-on-new");
  }

  List<String> reports() {
    return list(spec.findOption("--report").getValue());
  }

  boolean quiet() {
    return flag("--quiet");
  }

  boolean verbose() {
    return flag("--verbose");
  }

  List<String> command() {
    return list(spec.positionalParameters().get(0).getValue());
  }
}
