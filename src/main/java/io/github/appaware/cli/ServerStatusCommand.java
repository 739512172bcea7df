package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code appaware server status}. */
@Command(
    name = "status",
    description =
        "Show how the server is, and which clients, runs and questions it has. To be called by the"
            + " server's own user, on its machine.",
    customSynopsis = "Usage: appaware server status [OPTIONS] --home DIR",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the server runs, and is well",
      "  1    it runs, and can't record or read its policy",
      "  125  no server runs with that directory"
    })
final class ServerStatusCommand implements Callable<Integer> {
  /** Questions and runs are the server's; figures of these names are shown. */
  private static final List<String> NUMBERS =
      List.of("pid", "epoch", "runs", "agents", "consoles", "questions");

  private static final List<String> WORDS = List.of("status", "record", "store", "started");

  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "The server's directory, made by `server init`.")
  private Path home;

  @Option(names = "--json", description = "One JSON object for each server, for programs.")
  private boolean json;

  ServerStatusCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    List<StatusReader> servers;
    EnrolledTable enrolled;
    try {
      Path resolved = directory.resolve(home);
      enrolled = EnrolledTable.of(new Authority(ServerHome.open(resolved), clock), clock.instant());
      servers = StatusReader.askAll(resolved);
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    } catch (IOException e) {
      console.fail("can't ask the server: " + FileErrors.reason(e), "");
      return CommandLineProgram.FAILED;
    }
    if (servers.isEmpty()) {
      console.fail(
          "no server runs with `" + home + "`",
          "start it: appaware server --home " + home + " --listen tls://HOST:7443");
      return CommandLineProgram.FAILED;
    }
    if (json) {
      for (StatusReader server : servers) {
        JsonLine.print(console, g -> write(g, server, enrolled));
      }
    } else {
      print(servers, enrolled);
    }
    return servers.stream().allMatch(each -> each.get("status").equals("ok")) ? 0 : 1;
  }

  private void print(List<StatusReader> servers, EnrolledTable enrolled) {
    Map<String, String> connected = new HashMap<>();
    Table runs = new Table("RUN", "MACHINE", "APPLICATION", "AGENTS");
    boolean any = false;
    for (StatusReader server : servers) {
      figures(server);
      connected(server, connected);
      for (Map<String, String> run : server.runs()) {
        any = true;
        runs.add(
            List.of(
                run.getOrDefault("run", ""),
                run.getOrDefault("machine", ""),
                run.getOrDefault("application", ""),
                run.getOrDefault("agents", "")));
      }
    }
    console.out().println();
    enrolled.print(console, clock.getZone(), connected);
    if (any) {
      console.out().println();
      runs.lines().forEach(console.out()::println);
    }
  }

  private void figures(StatusReader server) {
    say(
        "serving at "
            + String.join(", ", server.addresses())
            + " for "
            + TimeArguments.between(Instant.parse(server.get("started")), clock.instant())
            + ", process "
            + server.get("pid"));
    say("record: " + server.get("record") + "; policy: " + server.get("store"));
    say(
        server.get("agents")
            + " agents in "
            + server.get("runs")
            + " runs, "
            + server.get("consoles")
            + " consoles, "
            + server.get("questions")
            + " open questions, policy epoch "
            + server.get("epoch"));
  }

  private void say(String line) {
    console.print(Console.visible(line));
  }

  /** Adds by name: from where, and how often if more than once. */
  private static void connected(StatusReader server, Map<String, String> connected) {
    for (Map<String, String> client : server.clients()) {
      String count = client.getOrDefault("connections", "1");
      String place =
          client.getOrDefault("host", "") + (count.equals("1") ? "" : " (" + count + ")");
      connected.merge(client.getOrDefault("name", ""), place, (one, other) -> one + ", " + other);
    }
  }

  private static void write(JsonGenerator g, StatusReader server, EnrolledTable enrolled)
      throws IOException {
    for (String name : WORDS) {
      g.writeStringField(name, server.get(name));
    }
    for (String name : NUMBERS) {
      g.writeFieldName(name);
      g.writeNumber(server.get(name));
    }
    JsonLine.array(g, "addresses", server.addresses());
    objects(g, "connected", server.clients(), "connections");
    objects(g, "running", server.runs(), "agents");
    enrolled.write(g);
  }

  private static void objects(
      JsonGenerator g, String name, List<Map<String, String>> objects, String number)
      throws IOException {
    g.writeArrayFieldStart(name);
    for (Map<String, String> object : objects) {
      g.writeStartObject();
      for (Map.Entry<String, String> field : object.entrySet()) {
        g.writeFieldName(field.getKey());
        if (field.getKey().equals(number)) {
          g.writeNumber(field.getValue());
        } else {
          g.writeString(field.getValue());
        }
      }
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
