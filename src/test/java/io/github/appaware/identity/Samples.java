package io.github.appaware.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that the tests identify, and the JDK they run on. */
final class Samples {
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  static final String ECHO = Echo.class.getName();
  private static final String ECHO_FILE = ECHO.replace('.', '/') + ".class";

  private Samples() {}

  /** A directory with nothing but the class {@link Echo}. */
  static Path classes(Path directory) throws IOException {
    write(directory.resolve(ECHO_FILE), echo());
    return directory;
  }

  /** A jar that runs {@link Echo}. */
  static Path echoJar(Path file) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("META-INF/MANIFEST.MF", manifest("Main-Class: " + ECHO));
    entries.put(ECHO_FILE, echo());
    return jar(file, entries);
  }

  static Path jar(Path file, Map<String, byte[]> entries) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(0);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  static byte[] manifest(String attribute) {
    return bytes("Manifest-Version: 1.0\r\n" + attribute + "\r\n\r\n");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Path write(Path file, String text) throws IOException {
    return write(file, bytes(text));
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Enough for everything that the tests have. */
  static ReadBudget budget() {
    return new ReadBudget(ReadBudget.BEFORE_START);
  }

  /** A program that can be executed. */
  static Path script(Path file) throws IOException {
    write(file, "#!/bin/sh\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("can't make " + file + " executable");
    }
    return file;
  }

  private static byte[] echo() throws IOException {
    try (InputStream stream = Echo.class.getResourceAsStream("Echo.class")) {
      return stream.readAllBytes();
    }
  }
}
