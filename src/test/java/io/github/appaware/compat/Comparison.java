package io.github.appaware.compat;

import io.github.appaware.compat.Subject.Peer;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs a subject plain, with everything allowed, under what was learned from that, with everything
 * denied, and, when it can be sent to a port, with that port denied and nothing else.
 */
final class Comparison {
  private static final int PATIENCE = 100;
  private static final int PATIENCE_WHEN_DENIED = 60;
  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";
  private static final String DENY = "version = 1\n[default]\nunknown = 'deny'\n";
  private static final String UNLEARNED = "can't be learned: ";
  private static final String DENY_PORT = ALLOW + "[[rule]]\naction = 'deny'\nport = %d\n";

  private final Path directory;
  private final Subject subject;
  private final Jdk jdk;
  private final Tool tool;
  private final Set<String> denied = new TreeSet<>();
  private final Set<String> escapes = new LinkedHashSet<>();

  private Comparison(Path directory, Subject subject, Jdk jdk) {
    this.directory = directory;
    this.subject = subject;
    this.jdk = jdk;
    this.tool = new Tool(directory);
  }

  /** A finding, in a directory of its own. */
  static Finding of(Path directory, Subject subject, Jdk jdk)
      throws IOException, InterruptedException {
    return new Comparison(directory, subject, jdk).run();
  }

  private Finding run() throws IOException, InterruptedException {
    Timed plain = timed(environment(new ProcessBuilder(command(0, PATIENCE))));
    if (plain.result.status() != 0) {
      if (plain.result.err().contains("UnsatisfiedLinkError")) {
        return Finding.skipped(subject, jdk.feature(), "not on this machine");
      }
      throw new AssertionError("without the agent: " + plain.result);
    }
    Timed with = timed(under(ALLOW, command(0, PATIENCE)));
    if (verdicts("allow").isEmpty()) {
      escapes.add("nothing was seen when allowed");
    }
    List<String> differences = differences(plain.result, with.result);
    differences.addAll(enforceWhatIsLearned());
    denyAll(plain.result);
    if (subject.peer() != null) {
      denyThePort();
    }
    return new Finding(
        subject.name(),
        subject.version(),
        jdk.feature(),
        differences,
        denied,
        escapes,
        plain.time,
        with.time,
        "");
  }

  private static List<String> differences(Result plain, Result with) {
    List<String> differences = new ArrayList<>();
    if (plain.status() != with.status()) {
      differences.add("status " + plain.status() + " became " + with.status());
    }
    if (!plain.out().equals(with.out())) {
      differences.add("output\n" + plain.out() + "became\n" + with.out());
    }
    String errors = withoutNotices(with.err());
    if (!plain.err().equals(errors)) {
      differences.add("errors\n" + plain.err() + "became\n" + errors);
    }
    return differences;
  }

  /** It is told that a child is not identified by its content, such as one with a debugger. */
  private static String withoutNotices(String errors) {
    return errors.replaceAll("(?m)^appaware: .* has no SHA-256: .*\n", "");
  }

  /** From the record of the run before; returns what was denied under it. */
  private List<String> enforceWhatIsLearned() throws IOException, InterruptedException {
    Files.copy(log(), directory.resolve("learned.jsonl"), StandardCopyOption.REPLACE_EXISTING);
    List<String> denied = enforce("learned.jsonl");
    if (!denied.isEmpty() && denied.stream().noneMatch(each -> each.startsWith(UNLEARNED))) {
      // Own ports that a library chooses at random differ from run to run, as `learn` says.
      Result unused = timed(under(ALLOW, command(0, PATIENCE))).result;
      Files.copy(log(), directory.resolve("second.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      denied = enforce("learned.jsonl", "second.jsonl");
    }
    return denied;
  }

  private List<String> enforce(String... records) throws IOException, InterruptedException {
    Path learned = directory.resolve("learned.toml");
    Files.deleteIfExists(learned);
    List<String> arguments = new ArrayList<>(List.of("learn", "-o", learned.toString(), "--from"));
    arguments.addAll(List.of(records));
    Result learn = tool.run(arguments.toArray(String[]::new));
    if (learn.status() != 0) {
      return List.of(UNLEARNED + learn.err());
    }
    Result result = timed(under(Files.readString(learned), command(0, PATIENCE))).result;
    List<String> denied = new ArrayList<>(verdicts("deny"));
    if (result.status() != 0 && denied.isEmpty()) {
      denied.add("status " + result.status() + ": " + result.out() + result.err());
    }
    denied.replaceAll(each -> "under what was learned: " + each);
    return denied;
  }

  /** A program that listens is stopped there, one with a server elsewhere when it connects. */
  private void denyAll(Result plain) throws IOException, InterruptedException {
    try (Listener listener = new Listener()) {
      int port = subject.outside() && subject.peer() != null ? port(listener) : 0;
      Result result = timed(under(DENY, command(port, PATIENCE_WHEN_DENIED))).result;
      if (result.status() == 0 && result.out().equals(plain.out())) {
        escapes.add("ran as if nothing was denied");
      }
      if (subject.reached() > 0) {
        escapes.add("its server was reached");
      }
      if (!verdicts("allow").isEmpty()) {
        escapes.add("something was allowed");
      }
      look(listener, verdicts("deny"));
    }
  }

  private void denyThePort() throws IOException, InterruptedException {
    try (Listener listener = new Listener()) {
      int port = port(listener);
      String policy = DENY_PORT.formatted(port);
      Result result = timed(under(policy, command(port, PATIENCE_WHEN_DENIED))).result;
      if (result.status() == 0) {
        escapes.add("ended well without its server");
      }
      String denied = Integer.toString(port);
      look(
          listener,
          verdicts("deny").stream().filter(e -> Json.text(e, "port").equals(denied)).toList());
    }
  }

  private void look(Listener listener, List<String> denials) throws IOException {
    int connections = listener.connections();
    int datagrams = listener.datagrams();
    if (connections > 0) {
      escapes.add("connections went out: " + connections);
    }
    if (datagrams > 0) {
      escapes.add("datagrams went out: " + datagrams);
    }
    if (denials.isEmpty()) {
      escapes.add("no denial on record");
    }
    denials.forEach(line -> denied.add(Json.text(line, "event")));
  }

  private int port(Listener listener) throws IOException {
    return subject.peer() == Peer.UDP ? listener.datagramPort() : listener.port();
  }

  private List<String> command(int port, int patience) throws IOException {
    return subject.command(jdk, port, patience);
  }

  private ProcessBuilder under(String policy, List<String> command) throws IOException {
    Files.writeString(directory.resolve("policy.toml"), policy);
    Files.deleteIfExists(log());
    List<String> run =
        new ArrayList<>(List.of("run", "-q", "--policy", "policy.toml", "--log", "log", "--"));
    run.addAll(command);
    ProcessBuilder builder = tool.builder(run.toArray(String[]::new));
    // The tool's own JVM is the same for all targets.
    builder.environment().put("APPAWARE_JAVA", Jdk.running().java());
    builder.environment().putAll(subject.environment(jdk));
    return builder;
  }

  private ProcessBuilder environment(ProcessBuilder builder) {
    builder.directory(directory.toFile()).environment().clear();
    builder.environment().putAll(tool.builder().environment());
    builder.environment().putAll(subject.environment(jdk));
    return builder;
  }

  private Path log() {
    return directory.resolve("log");
  }

  /** The lines of the record with this verdict, but what leaves sight: no policy decides that. */
  private List<String> verdicts(String verdict) throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> Json.text(line, "verdict").equals(verdict))
        .filter(line -> !Json.text(line, "event").equals("blind"))
        .toList();
  }

  private Timed timed(ProcessBuilder builder) throws IOException, InterruptedException {
    subject.reset();
    long start = System.nanoTime();
    Result result = Tool.run(builder, subject.input());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new Timed(
        subject.script() ? new Result(result.status(), result.out(), told(result)) : result, time);
  }

  /** Without what a JVM says itself when a script hands it an agent. */
  private static String told(Result result) {
    StringBuilder kept = new StringBuilder();
    result
        .err()
        .lines()
        .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS: -javaagent:"))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString();
  }

  private record Timed(Result result, Duration time) {}
}
