package io.github.appaware.policy.read;

import com.moandjiezana.toml.Toml;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.UserText;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * Finds what another TOML reader, TOML4J, makes of a policy otherwise: scripts that read policies
 * with it would be misled. It is lenient, widespread, and not maintained since 2017.
 */
public final class Portability {
  /** It takes minutes for files of several megabytes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int LONGEST_VALUE = 60;
  private static final String HELP =
      "keep to plain strings, or read the file with a TOML 1.0 reader";

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  private Portability(String file) {
    this.file = file;
  }

  /**
   * The differences in a file, in the order of its lines; none in one that can't be read or is not
   * TOML, which has problems of its own.
   */
  public static List<Problem> of(Path file) {
    Portability portability = new Portability(file.toString());
    String text;
    try {
      text = FileText.read(file);
    } catch (MalformedValue e) {
      return List.of();
    }
    TomlParseResult ours = org.tomlj.Toml.parse(text, TomlVersion.V1_0_0);
    if (!ours.hasErrors()) {
      portability.compare(text, ours);
    }
    portability.found.sort(
        Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return List.copyOf(portability.found);
  }

  private void compare(String text, TomlTable ours) {
    if (text.length() > MAX_BYTES) {
      found.add(new Problem(file, 0, 0, "too large to be read by TOML4J, too", "split it"));
      return;
    }
    Map<String, Object> theirs;
    try {
      theirs = new Toml().read(text).toMap();
    } catch (RuntimeException | StackOverflowError e) {
      found.add(new Problem(file, 0, 0, "TOML4J can't read the file: " + first(e), HELP));
      return;
    }
    compare(ours, theirs, null);
  }

  private static String first(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Compares tables; {@code at} is where this one begins. */
  private void compare(TomlTable ours, Map<?, ?> theirs, TomlPosition at) {
    Set<Object> left = new HashSet<>(theirs.keySet());
    for (String key : ours.keySet()) {
      TomlPosition place = ours.inputPositionOf(List.of(key));
      Object name = theirs.containsKey(key) ? key : '"' + key + '"';
      if (left.remove(name)) {
        compare(ours.get(List.of(key)), theirs.get(name), place);
      } else {
        add(place, "TOML4J does not see " + UserText.quoted(key));
      }
    }
    for (Object each : left) {
      add(at, "TOML4J sees a key " + shown(each) + " that is not there");
    }
  }

  private void compare(Object ours, Object theirs, TomlPosition at) {
    if (ours instanceof TomlTable table && theirs instanceof Map<?, ?> map) {
      compare(table, map, at);
    } else if (ours instanceof TomlArray array && theirs instanceof List<?> list) {
      compare(array, list, at);
    } else if (!isSame(ours, theirs)) {
      add(at, "TOML4J reads " + shown(theirs) + " here");
    }
  }

  private void compare(TomlArray ours, List<?> theirs, TomlPosition at) {
    if (ours.size() != theirs.size()) {
      add(at, "TOML4J reads " + theirs.size() + " values here, not " + ours.size());
      return;
    }
    for (int i = 0; i < theirs.size(); i++) {
      compare(ours.get(i), theirs.get(i), ours.inputPositionOf(i));
    }
  }

  private static boolean isSame(Object ours, Object theirs) {
    if (ours instanceof OffsetDateTime time && theirs instanceof Date date) {
      return time.toInstant().equals(date.toInstant());
    }
    return ours.equals(theirs);
  }

  private void add(TomlPosition at, String message) {
    int line = at == null ? 0 : at.line();
    found.add(new Problem(file, line, at == null ? 0 : at.column(), message, HELP));
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return UserText.quoted(
        text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...");
  }
}
