package io.github.appaware.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The coordinates that Maven writes into the jars it builds ({@code
 * META-INF/maven/GROUP/ARTIFACT/pom.properties}). A claim of the jar's author: useful to show and
 * match beside the hash, never instead of it.
 */
final class MavenCoordinates {
  /** Maven writes a few hundred bytes. */
  private static final int LIMIT = 64 << 10;

  /** A jar that contains a whole server's libraries has a few hundred. */
  private static final int MOST_ARTIFACTS = 10_000;

  private static final Pattern ENTRY =
      Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");

  /** A coordinate, which is safe to print. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  private MavenCoordinates() {}

  /**
   * {@code group:artifact:version}, or empty if the jar has none, more than one, or an invalid one.
   *
   * @param file the jar's file name: in a jar made of several it identifies the application
   */
  static String of(ZipFile jar, String file) throws IOException {
    List<Matcher> found = new ArrayList<>();
    Enumeration<? extends ZipEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      Matcher matcher = ENTRY.matcher(entries.nextElement().getName());
      if (matcher.matches()) {
        found.add(matcher);
        if (found.size() > MOST_ARTIFACTS) {
          return "";
        }
      }
    }
    Optional<Matcher> own = found.size() == 1 ? Optional.of(found.get(0)) : named(found, file);
    return own.isPresent() ? read(jar, own.get()) : "";
  }

  /**
   * The one artifact that the file is named after: {@code app-core} of {@code app-core-1.0.jar}.
   */
  private static Optional<Matcher> named(List<Matcher> found, String file) {
    List<Matcher> candidates =
        found.stream()
            .filter(entry -> file.startsWith(entry.group(2)))
            .sorted(Comparator.comparing((Matcher entry) -> -entry.group(2).length()))
            .toList();
    boolean unclear =
        candidates.size() > 1 && candidates.get(0).group(2).equals(candidates.get(1).group(2));
    return unclear ? Optional.empty() : candidates.stream().findFirst();
  }

  private static String read(ZipFile jar, Matcher entry) throws IOException {
    Properties properties = new Properties();
    try (InputStream stream = jar.getInputStream(jar.getEntry(entry.group()))) {
      byte[] bytes = stream.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        return "";
      }
      properties.load(new ByteArrayInputStream(bytes));
    } catch (IllegalArgumentException malformedEscape) {
      return "";
    }
    String group = properties.getProperty("groupId", "");
    String artifact = properties.getProperty("artifactId", "");
    String version = properties.getProperty("version", "");
    boolean plain =
        PLAIN.matcher(group).matches()
            && PLAIN.matcher(artifact).matches()
            && PLAIN.matcher(version).matches();
    boolean atItsPlace = group.equals(entry.group(1)) && artifact.equals(entry.group(2));
    return plain && atItsPlace ? group + ":" + artifact + ":" + version : "";
  }
}
