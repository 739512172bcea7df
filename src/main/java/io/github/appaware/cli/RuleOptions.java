package io.github.appaware.cli;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The keys of a rule as options. What is a good value is for the policy's reader to say. */
final class RuleOptions {
  @Option(names = "--id", paramLabel = "ID", description = "Its id. Default: made of the others.")
  private String id;

  @Option(
      names = "--app",
      paramLabel = "ID",
      split = ",",
      description = "Applications that it is for. Default: all.")
  private List<String> apps = new ArrayList<>();

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      split = ",",
      description = "What is about to be done: `resolve`, `connect`, `bind`, `listen`, `send`, ...")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = "Names of the far end; `*.NAME` for all below one.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--host-list",
      paramLabel = "FILE",
      description = "A file with names of the far end.")
  private List<String> hostLists = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      split = ",",
      description = "Addresses, networks, or named sets such as `private`.")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      split = ",",
      description = "Ports, or ranges like 8000-8099.")
  private List<String> ports = new ArrayList<>();

  @Option(
      names = "--local-port",
      paramLabel = "PORT",
      split = ",",
      description = "Ports of the local end.")
  private List<String> localPorts = new ArrayList<>();

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      split = ",",
      description = "`tcp`, `udp` or `unix`.")
  private List<String> protocols = new ArrayList<>();

  @Option(names = "--path", paramLabel = "GLOB", description = "Paths of Unix-domain sockets.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Who inside the application: `maven:GROUP:ARTIFACT`, `jar:GLOB`, ...")
  private List<String> origins = new ArrayList<>();

  @Option(names = "--user", paramLabel = "NAME", description = "Users that it is for.")
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      split = ",",
      description = "Machines that it is for: names, or globs like `build-*`.")
  private List<String> machines = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "ID",
      split = ",",
      description = "Groups that it is for, which the policy defines.")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--parent",
      paramLabel = "ID",
      description = "Applications that started the one it is for.")
  private List<String> parents = new ArrayList<>();

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "-1000 to 1000; of the rules that match, those with the highest count.")
  private int priority;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ends: 2027-01-01T00:00:00Z, or from now: 30d, 12h, 10m.")
  private String expires;

  @Option(names = "--note", paramLabel = "TEXT", description = "Your own words.")
  private String note = "";

  /** A key that was not given is not in the rule; one that was given empty is a problem. */
  PolicyEntry rule(Action action, Instant now) throws UsageException {
    PolicyEntry rule =
        PolicyEntry.rule(action)
            .withAny("app", apps)
            .withAny("parent", parents)
            .withAny("user", users)
            .withAny("machine", machines)
            .withAny("group", groups)
            .withAny("event", events)
            .withAny("host", hosts)
            .withAny("host-list", hostLists)
            .withAny("address", addresses)
            .withAny("port", ports)
            .withAny("local-port", localPorts)
            .withAny("protocol", protocols)
            .withAny("path", paths)
            .withAny("origin", origins)
            .priority(priority)
            .note(note);
    if (id != null) {
      rule = rule.with("id", id);
    }
    return expires == null ? rule : rule.expires(TimeArguments.after(expires, now));
  }
}
