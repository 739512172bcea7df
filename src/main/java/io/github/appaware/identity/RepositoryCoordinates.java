package io.github.appaware.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The coordinates of a jar in a repository of Maven or Gradle, by its path: not every build writes
 * them into the jar. Like those in the jar they are a claim, by anyone with write access there.
 */
final class RepositoryCoordinates {
  /** Gradle's cache: {@code files-2.1/GROUP/ARTIFACT/VERSION/SHA1/FILE}. */
  private static final Pattern GRADLE =
      Pattern.compile(".*/files-2\\.1/([^/]+)/([^/]+)/([^/]+)/[0-9a-f]{30,40}/([^/]+)\\.jar");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  /** A pom has a few hundred lines. */
  private static final long LARGEST_POM = 4 << 20;

  private RepositoryCoordinates() {}

  /** {@code group:artifact:version}, or empty if the path tells none. */
  static String of(Path jar) throws IOException {
    Matcher gradle = GRADLE.matcher(jar.toString());
    if (gradle.matches()) {
      boolean named = gradle.group(4).startsWith(gradle.group(2) + "-" + gradle.group(3));
      return named ? joined(gradle.group(1), gradle.group(2), gradle.group(3)) : "";
    }
    return inMavens(jar);
  }

  /** {@code GROUP/AS/PATH/ARTIFACT/VERSION/ARTIFACT-VERSION.jar} beside the project's pom. */
  private static String inMavens(Path jar) throws IOException {
    Path versions = jar.getParent();
    Path artifacts = versions == null ? null : versions.getParent();
    Path group = artifacts == null ? null : artifacts.getParent();
    if (group == null || group.getFileName() == null) {
      return "";
    }
    String version = versions.getFileName().toString();
    String artifact = artifacts.getFileName().toString();
    String name = artifact + "-" + version;
    Path pom = versions.resolve(name + ".pom");
    if (!jar.getFileName().toString().startsWith(name)
        || !Files.isRegularFile(pom)
        || Files.size(pom) > LARGEST_POM) {
      return "";
    }
    String claimed = groupIn(pom);
    Path expected = Path.of(claimed.replace('.', '/'));
    return !claimed.isEmpty() && group.endsWith(expected) ? joined(claimed, artifact, version) : "";
  }

  private static String joined(String group, String artifact, String version) {
    boolean plain =
        PLAIN.matcher(group).matches()
            && PLAIN.matcher(artifact).matches()
            && PLAIN.matcher(version).matches();
    return plain ? group + ":" + artifact + ":" + version : "";
  }

  /** The project's group, else that of its parent. */
  private static String groupIn(Path pom) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(pom)) {
      return group(factory.createXMLStreamReader(in));
    } catch (XMLStreamException e) {
      return "";
    }
  }

  private static String group(XMLStreamReader xml) throws XMLStreamException {
    String ofParent = "";
    String child = "";
    int depth = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        String name = xml.getLocalName();
        child = depth == 2 ? name : child;
        if (name.equals("groupId") && (depth == 2 || (depth == 3 && child.equals("parent")))) {
          String text = xml.getElementText().strip();
          depth--;
          if (depth == 1) {
            return text;
          }
          ofParent = text;
        }
      }
    }
    return ofParent;
  }
}
