package io.github.appaware.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The references to other jars in a jar's manifest, as relative URLs. */
final class ManifestPaths {
  /**
   * Fits a class path of 100,000 jars; the digests of a signed jar, which can be larger, follow it.
   */
  private static final int LIMIT = 16 << 20;

  private static final List<String> ATTRIBUTES = List.of("Class-Path", "Boot-Class-Path");

  private ManifestPaths() {}

  static List<String> of(ZipFile jar) throws IOException {
    ZipEntry entry = jar.getEntry(JarFile.MANIFEST_NAME);
    if (entry == null) {
      entry =
          jar.stream()
              .filter(candidate -> candidate.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME))
              .findFirst()
              .orElse(null);
    }
    if (entry == null) {
      return List.of();
    }
    List<String> references = new ArrayList<>();
    try (InputStream stream = jar.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes(LIMIT);
      InputStream section = new ByteArrayInputStream(bytes, 0, endOfMainSection(bytes));
      Attributes main = new Manifest(section).getMainAttributes();
      for (String attribute : ATTRIBUTES) {
        String value = main.getValue(attribute);
        if (value != null) {
          references.addAll(List.of(value.strip().split("\\s+")));
        }
      }
    }
    return references;
  }

  /** The main section ends with the first empty line, with any kind of line ends. */
  private static int endOfMainSection(byte[] manifest) {
    boolean emptyLine = false;
    for (int i = 0; i < manifest.length; i++) {
      boolean pair = manifest[i] == '\n' && i > 0 && manifest[i - 1] == '\r';
      boolean lineEnd = manifest[i] == '\n' || manifest[i] == '\r';
      if (lineEnd && emptyLine && !pair) {
        return i;
      }
      emptyLine = lineEnd;
    }
    return manifest.length;
  }
}
