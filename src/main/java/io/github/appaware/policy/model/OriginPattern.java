package io.github.appaware.policy.model;

import io.github.appaware.event.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of code inside an application: a library, a package, a module. It matches a stack if it
 * matches one of the frames, so it never matches an empty stack.
 *
 * @param form what of a frame it is compared with
 * @param text the pattern after the form's name and colon
 * @param globs one for each part of coordinates, which must all match; else one of them must
 */
public record OriginPattern(Form form, String text, List<Glob> globs) {
  /** Prefixes of index keys: which part of a frame the rest of the key is compared with. */
  public static final char COORDINATES = 'c';

  public static final char FILE = 'f';
  public static final char HASH = 'h';
  public static final char IN_PACKAGE = 'p';
  public static final char IN_MODULE = 'm';

  /** What of a frame a pattern is compared with. */
  public enum Form {
    /** {@code group:artifact} or {@code group:artifact:version}. */
    MAVEN,
    /** The file name of the jar or directory. */
    JAR,
    /** The jar's content. */
    SHA256,
    /** The class's package. */
    PACKAGE,
    /** The class's named module. */
    MODULE;

    static final List<String> LABELS = Arrays.stream(values()).map(Form::label).toList();

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in policies, before the colon. */
    String label() {
      return label;
    }
  }

  public OriginPattern {
    globs = List.copyOf(globs);
  }

  /** Whether it names a module of the JDK: the JDK's frames are no origin. */
  public boolean isOfTheJdk() {
    return form == Form.MODULE && (text.startsWith("java.") || text.startsWith("jdk."));
  }

  /** Whether an index can find it under its {@link #key}. */
  public boolean isIndexed() {
    return switch (form) {
      case SHA256 -> true;
      case MAVEN -> globs.get(0).isLiteral() && globs.get(1).isLiteral();
      case JAR, PACKAGE, MODULE -> globs.get(0).isLiteral();
    };
  }

  /**
   * The prefix, and a text that is part of every frame that the pattern matches, or a parent of it.
   */
  public String key() {
    return switch (form) {
      case SHA256 -> HASH + text;
      case MAVEN -> COORDINATES + globs.get(0).toString() + ":" + globs.get(1);
      case JAR -> FILE + text;
      case PACKAGE -> IN_PACKAGE + globs.get(0).toString();
      case MODULE -> IN_MODULE + globs.get(0).toString();
    };
  }

  public boolean matches(Origin origin) {
    List<Origin.Frame> frames = origin.frames();
    for (int i = 0; i < frames.size(); i++) {
      if (matches(frames.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(Origin.Frame frame) {
    return switch (form) {
      case MAVEN -> matchesMaven(frame.source().maven());
      case JAR -> {
        String path = frame.source().path();
        int start = path.lastIndexOf('/') + 1;
        yield start < path.length() && globs.get(0).matches(path, start, path.length());
      }
      case SHA256 -> frame.source().sha256().equals(text);
      case PACKAGE -> matchesName(frame.type(), Math.max(0, frame.type().lastIndexOf('.')));
      case MODULE ->
          !frame.module().isEmpty() && matchesName(frame.module(), frame.module().length());
    };
  }

  /** Coordinates have exactly three parts; others match nothing. */
  private boolean matchesMaven(String maven) {
    int first = maven.indexOf(':');
    int second = maven.indexOf(':', first + 1);
    return first > 0
        && second > 0
        && maven.indexOf(':', second + 1) < 0
        && globs.get(0).matches(maven, 0, first)
        && globs.get(1).matches(maven, first + 1, second)
        && (globs.size() < 3 || globs.get(2).matches(maven, second + 1, maven.length()));
  }

  private boolean matchesName(String name, int end) {
    for (int i = 0; i < globs.size(); i++) {
      if (globs.get(i).matches(name, 0, end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads {@code maven:org.postgresql:postgresql}, {@code jar:log4j-core-*.jar}, {@code
   * package:com.acme.**} and so on.
   */
  public static OriginPattern parse(String text) throws MalformedValue {
    return OriginPatternParser.parse(text);
  }

  /** As policies have it. */
  @Override
  public String toString() {
    return form.label() + ":" + text;
  }
}
