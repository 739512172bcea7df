package io.github.appaware.cli;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which entries of a record are wanted: those that fit each option that is given. */
final class EntryFilter {
  /** What became of an event. */
  enum Outcome {
    ALLOW,
    DENY,
    /** It was allowed in audit mode alone. */
    WOULD;

    static Outcome of(RecordEntry entry) {
      if (!entry.verdict().allowed()) {
        return DENY;
      }
      return entry.verdict().reason().isWould() ? WOULD : ALLOW;
    }

    /** Reads the option. */
    static final class Converter extends WordConverter<Outcome> {
      Converter() {
        super("verdict", Outcome.values());
      }
    }
  }

  /** Reads {@code --event}. */
  static final class KindConverter extends WordConverter<EventKind> {
    KindConverter() {
      super("event", EventKind.values());
    }
  }

  @Option(
      names = "--app",
      paramLabel = "NAME",
      description = "Only events of this application: an id or a file name; may have `*` in it.")
  private String app = "";

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only events of this host: `repo1.maven.org`, `*.example.com`, or an address.")
  private String host = "";

  @Option(
      names = "--library",
      paramLabel = "NAME",
      description =
          "Only events that this code caused: coordinates or the name of a jar; may have `*` in"
              + " it: `org.postgresql:*`.")
  private String library = "";

  @Option(
      names = "--test",
      paramLabel = "NAME",
      description =
          "Only events of this test: its class and method; may have `*` in it: `*.StoreTest.*`.")
  private String test = "";

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      converter = Outcome.Converter.class,
      description =
          "Only events that were allowed (`allow`), denied (`deny`), or allowed in audit mode alone"
              + " (`would`).")
  private List<Outcome> verdicts = new ArrayList<>();

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      converter = KindConverter.class,
      description = "Only events of this kind: `connect`, `resolve`; `blind`.")
  private List<EventKind> kinds = new ArrayList<>();

  @Option(names = "--run", paramLabel = "RUN", description = "Only events of this run.")
  private String run = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only events from then on: 2026-11-01T00:00:00Z, or 7d, 12h, 10m ago.")
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only events before then, in the same form.")
  private String until = "";

  private Glob apps;
  private Glob libraries;
  private Glob tests;
  private HostPattern hosts;
  private Instant begin = Instant.MIN;
  private Instant end = Instant.MAX;

  /**
   * Reads the options; before the first entry.
   *
   * @throws UsageException that says what is wrong with one
   */
  void prepare(Instant now) throws UsageException {
    try {
      apps = app.isEmpty() ? null : Glob.fileName(app);
      libraries = library.isEmpty() ? null : Glob.fileName(library);
      tests = test.isEmpty() ? null : Glob.plain(test);
    } catch (MalformedValue e) {
      throw new UsageException(e.getMessage(), e.help());
    }
    try {
      hosts = host.isEmpty() ? null : HostPattern.parse(host);
    } catch (MalformedValue isAddress) {
      hosts = null; // compared as it is written
    }
    begin = since.isEmpty() ? begin : TimeArguments.before(since, now);
    end = until.isEmpty() ? end : TimeArguments.before(until, now);
  }

  boolean includes(RecordEntry entry) {
    return (kinds.isEmpty() || kinds.contains(entry.event().kind()))
        && (verdicts.isEmpty() || verdicts.contains(Outcome.of(entry)))
        && (run.isEmpty() || run.equals(entry.run()))
        && !entry.time().isBefore(begin)
        && entry.time().isBefore(end)
        && (apps == null
            || apps.matches(entry.application().id())
            || apps.matches(entry.application().file()))
        && (libraries == null || isOfLibrary(entry))
        && (tests == null || tests.matches(entry.origin().test()))
        && (host.isEmpty() || names(entry.event()).stream().anyMatch(this::isHost));
  }

  private boolean isOfLibrary(RecordEntry entry) {
    return libraries.matches(LibraryNames.of(entry.origin()))
        || libraries.matches(LibraryNames.unversioned(entry.origin()));
  }

  private boolean isHost(String name) {
    return name.equals(host) || (hosts != null && hosts.matches(name));
  }

  /** The names and the address of the far end. */
  private static List<String> names(Event event) {
    List<String> names = new ArrayList<>();
    if (event instanceof Event.Inet inet) {
      add(names, inet.host());
      names.addAll(inet.names());
      add(names, inet.address());
    } else if (event instanceof Event.Resolve resolve) {
      add(names, resolve.host());
      add(names, resolve.address());
    } else if (event instanceof Tunnel tunnel) {
      add(names, tunnel.host());
      names.addAll(tunnel.names());
      add(names, tunnel.address());
    }
    return names;
  }

  private static void add(List<String> names, Object name) {
    if (name != null) {
      names.add(name.toString());
    }
  }
}
