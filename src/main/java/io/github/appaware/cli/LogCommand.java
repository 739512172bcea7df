package io.github.appaware.cli;

import io.github.appaware.record.LibraryNames;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.record.RecordFormatException;
import io.github.appaware.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware log}. */
@Command(
    name = "log",
    description = "Show the events of a record: filtered, counted, or as they come.",
    customSynopsis = "Usage: appaware log [OPTIONS] RECORD...",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    events are shown, or there are none",
      "  125  a record can't be read, or not all of its lines"
    })
final class LogCommand implements Callable<Integer> {
  /** How often a record is looked at that is followed. */
  private static final long PAUSE_MILLIS = 200;

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;
  private final RecordFiles records;
  private final RecordFormat format = new RecordFormat();

  @Mixin private EntryFilter filter;

  @Option(
      names = "--by",
      paramLabel = "GROUP",
      split = ",",
      converter = EntryGroups.By.Converter.class,
      description =
          "Count the events by `app`, `host`, `library`, `test`, `event`, `verdict` or `rule`;"
              + " several, separated by commas.")
  private List<EntryGroups.By> groups = new ArrayList<>();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written to the last RECORD, until interrupted.")
  private boolean follow;

  @Option(names = "--json", description = "The lines of the record, or an object for each group.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "RECORD",
      description = "Files that `--log` wrote; - for the standard input.")
  private List<Path> sources = new ArrayList<>();

  private boolean unreadable;

  LogCommand(Console console, PolicyFiles.Places places, InputStream in, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
    this.records = new RecordFiles(console, places, in);
  }

  @Override
  public Integer call() throws IOException {
    try {
      if (follow && !groups.isEmpty()) {
        throw new UsageException("--by counts a whole record", "leave out --follow");
      }
      filter.prepare(clock.instant());
      EntryGroups counted = groups.isEmpty() ? null : new EntryGroups(groups);
      for (int i = 0; i < sources.size(); i++) {
        read(sources.get(i), counted, follow && i == sources.size() - 1);
      }
      if (counted != null && json) {
        counted.print(console);
      } else if (counted != null) {
        counted.show(console);
      }
      console.out().flush();
      return unreadable ? CommandLineProgram.FAILED : 0;
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return CommandLineProgram.FAILED;
  }

  private void read(Path source, EntryGroups counted, boolean following)
      throws UsageException, IOException, InterruptedException {
    Object key = following ? key(source) : null;
    RecordReader reader = records.open(source);
    try {
      take(reader, counted);
      while (following) {
        console.out().flush();
        Thread.sleep(PAUSE_MILLIS);
        Object now = key(source);
        take(reader, counted); // to its end, also where it was renamed just now
        if (now != null && !now.equals(key)) {
          reader.close();
          key = now;
          reader = records.open(source);
        }
      }
      if (reader.isTorn()) {
        console.tell(reader.name() + ": the last line is incomplete and was left out");
      }
    } finally {
      reader.close();
    }
  }

  /** Which file has the name now: a server that rotates begins another. Null where none has. */
  private Object key(Path source) throws IOException {
    try {
      return Files.readAttributes(places.file(source), BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void take(RecordReader reader, EntryGroups counted) throws IOException {
    while (true) {
      try {
        RecordEntry entry = reader.next();
        if (entry == null) {
          return;
        }
        if (filter.includes(entry)) {
          show(entry, counted);
        }
      } catch (RecordFormatException e) {
        unreadable = true; // a server that was killed may have left a part of a line
        console.tell(e.getMessage());
      }
    }
  }

  private void show(RecordEntry entry, EntryGroups counted) throws IOException {
    if (counted != null) {
      counted.add(entry);
    } else if (json) {
      String line = new String(format.write(entry), StandardCharsets.UTF_8);
      console.out().print(line);
    } else {
      console.out().println(Console.visible(line(entry)));
    }
  }

  /**
   * {@code 2026-06-01T12:00:00Z deny billing: connect tcp to a.example:443, from g:lib:1, by ...}.
   */
  private static String line(RecordEntry entry) {
    String library = LibraryNames.of(entry.origin());
    return String.format(
            Locale.ROOT,
            "%-24s %-5s ",
            entry.time(),
            EntryFilter.Outcome.of(entry).name().toLowerCase(Locale.ROOT))
        + RuleWords.orNone(entry.application().label())
        + ": "
        + entry.event().describe()
        + (library.isEmpty() ? "" : ", from " + library)
        + (entry.origin().test().isEmpty() ? "" : ", in test " + entry.origin().test())
        + ", "
        + why(entry)
        + (entry.count() > 1 ? " x" + entry.count() : "")
        + (entry.cut() ? ", and others like it" : "");
  }

  private static String why(RecordEntry entry) {
    String why = entry.verdict().reason().describe();
    return why.startsWith(": ") ? why.substring(2) : why;
  }
}
