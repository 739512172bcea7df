package io.github.appaware.cli;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.identity.TargetException;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.EventParser;
import io.github.appaware.policy.explain.Explanation;
import io.github.appaware.policy.explain.OriginParser;
import io.github.appaware.policy.explain.PeerParser;
import io.github.appaware.policy.explain.TunnelParser;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy explain}. */
@Command(
    name = "explain",
    description =
        "Show what a policy decides about an event, and why. Nothing is sent or looked up.",
    customSynopsis = "Usage: appaware policy explain [OPTIONS] EVENT [tcp|udp|sctp|unix] ENDPOINT",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the event is allowed",
      "  1    it is denied",
      "  2    a person is asked",
      "  125  the policy has problems, or the event is malformed"
    })
final class PolicyExplainCommand implements Callable<Integer> {
  /** How many rules that do not match are shown without {@code --all}. */
  private static final int MOST_DIFFERENT = 20;

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;

  @Mixin private PolicyFiles files;
  @Mixin private ApplicationOptions application;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "The code that causes the event, the innermost first: `maven:GROUP:ARTIFACT:VERSION`,"
              + " `jar:NAME`, `sha256:HASH`, `package:NAME`, `module:NAME`. Default: unknown.")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "What the host of the endpoint resolves to.")
  private String address;

  @Option(
      names = "--local-port",
      paramLabel = "PORT",
      description =
          "The local port of `accept` and `receive`; `ephemeral` for one that the system chose.")
  private String localPort = "";

  @Option(
      names = "--peer",
      paramLabel = "PEER",
      split = ",",
      description = {
        "The process that listens there, for `connect` and `send`: `run` or `outside`, `user:NAME`,"
            + " the name of its program's file. Default: unknown, and no rule about it matches."
      })
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--through",
      paramLabel = "PROXY",
      description =
          "The proxy that a `connect` goes through, as in `proxy.example.com:3128`. For code whose"
              + " use of a proxy can't be observed the endpoint is `unknown-target`.")
  private String through = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Decide as at this time: 2027-01-01T00:00:00Z, or in 7d, 12h, 10m.")
  private String at = "";

  @Option(names = "--all", description = "Show all rules that don't match, not just 20.")
  private boolean all;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Parameters(
      index = "0",
      paramLabel = "EVENT",
      description = "`resolve`, `connect`, `bind`, `listen`, `accept`, `send` or `receive`.")
  private String event;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ENDPOINT",
      description =
          "`example.com:443`, `10.0.0.1:53`, `[::1]:80`, `/run/x.sock`; for `resolve` a name or an"
              + " address. A protocol other than tcp, or udp for datagrams, comes before it.")
  private List<String> endpoint = new ArrayList<>();

  PolicyExplainCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      ExplainedEvent explained = explain();
      if (json) {
        JsonLine.print(console, g -> ExplainedJson.write(g, explained));
      } else {
        show(explained);
      }
      return switch (explained.verdict()) {
        case ALLOW -> 0;
        case DENY -> 1;
        case ASK -> 2;
      };
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (MalformedValue e) {
      console.fail(e.getMessage(), e.help());
    } catch (TargetException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  private ExplainedEvent explain()
      throws PolicyException, MalformedValue, TargetException, UsageException {
    Instant now = at.isEmpty() ? clock.instant() : TimeArguments.after(at, clock.instant());
    Event asked = asked();
    Origin origin = OriginParser.parse(origins);
    Policy policy = PolicyReader.read(files.all(places));
    return ExplainedEvent.of(
        policy, application.application(policy, places, console), asked, origin, now);
  }

  private Event asked() throws MalformedValue {
    if (through.isEmpty()) {
      return PeerParser.parse(EventParser.parse(event, endpoint, address, localPort), peers);
    }
    if (!peers.isEmpty()) {
      throw new MalformedValue(
          "a connect through a proxy has no peer", "leave `--peer` out, or `--through`");
    }
    return TunnelParser.parse(event, endpoint, address, through);
  }

  private void show(ExplainedEvent explained) {
    console.print(Console.visible(explained.sentence()));
    explained.notes().forEach(note -> console.print("note: " + Console.visible(note)));
    Explanation explanation = explained.explanation();
    Table table = new Table("RULE", "ACTION", "WHERE", "WHAT", "WHY");
    int different = 0;
    for (boolean matching : new boolean[] {true, false}) {
      for (Explanation.Part part : explanation.rules()) {
        boolean matches = part.role() != Explanation.Role.DIFFERS;
        if (matches == matching && (matches || all || different++ < MOST_DIFFERENT)) {
          Rule rule = part.rule();
          table.add(
              List.of(
                  RuleWords.orNone(rule.id()),
                  rule.action().label(),
                  rule.at(),
                  ExplainedRule.role(part),
                  ExplainedRule.why(part, explanation)));
        }
      }
    }
    if (!explanation.rules().isEmpty()) {
      console.out().println();
      int columns = console.screen().size(Screen.OUT).columns();
      table.lines(columns, console::word).forEach(console.out()::println);
    }
    if (different > MOST_DIFFERENT) {
      String rest = "and " + (different - MOST_DIFFERENT) + " more that don't match; see --all";
      console.out().println(rest);
    }
  }
}
