package io.github.appaware.e2e;

import io.github.appaware.target.Kid;
import io.github.appaware.target.KidAttacks;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The files that the attacks of {@link KidAttackIT} need. */
final class KidAttackFiles {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Path directory;
  private final Path library;
  private int copies;

  /**
   * In a directory.
   *
   * @param library which connects to the witness when it is loaded
   */
  KidAttackFiles(Path directory, Path library) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.library = library;
    Programs.jar(directory.resolve("kid.jar"), Kid.class, KidAttacks.class);
  }

  String path(String name) {
    return directory.resolve(name).toString();
  }

  String text(String name, String text) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /** A program that connects to the witness. */
  String script(String name, int port) throws IOException {
    String script = text(name, "#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/" + port + "\n");
    if (!Path.of(script).toFile().setExecutable(true)) {
      throw new IOException(script);
    }
    return script;
  }

  /** A copy of the library, as one that is loaded twice connects once. */
  String library() throws IOException {
    return library("copies/lib" + copies++ + ".so");
  }

  String library(String name) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    return Files.copy(library, directory.resolve(name)).toString();
  }

  /** A directory with the library under these names. */
  String libraries(String name, String... files) throws IOException {
    for (String file : files) {
      String unused = library(name + "/" + file);
    }
    return path(name);
  }

  /** What looks like a JDK, whose {@code java} is a script. */
  String falseJdk(String name, int port) throws IOException {
    String unused = script(name + "/bin/java", port);
    unused = text(name + "/lib/modules", "");
    return path(name);
  }

  /** The JDK's {@code java} under another name. */
  String link(Jdk jdk, String name) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    return Files.createSymbolicLink(directory.resolve(name), Path.of(jdk.java())).toString();
  }

  /** A copy of the JDK's {@code java}, whose library is the witness's. */
  String copy(Jdk jdk, String name) throws IOException {
    String unused = libraries(name + "/bin", "libjli.so");
    Path copy = directory.resolve(name + "/bin/java");
    return Files.copy(Path.of(jdk.java()), copy).toString();
  }

  /** The program's jar with this in the manifest. */
  String jar(String name, String attributes) throws IOException {
    return jar(name, manifest(attributes), null);
  }

  /**
   * The program's jar with these manifests.
   *
   * @param second put behind the first one, or null
   */
  String jar(String name, String first, String second) throws IOException {
    Path jar = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipFile kid = new ZipFile(path("kid.jar"))) {
      put(zip, MANIFEST, first.getBytes(StandardCharsets.UTF_8));
      if (second != null) {
        put(zip, MANIFEST.replace('I', '?'), second.getBytes(StandardCharsets.UTF_8));
      }
      put(zip, "picture.gif", new byte[1]);
      for (ZipEntry entry : (Iterable<ZipEntry>) kid.stream().map(ZipEntry.class::cast)::iterator) {
        if (entry.getName().endsWith(".class")) {
          put(zip, entry.getName(), kid.getInputStream(entry).readAllBytes());
        }
      }
    }
    // No library writes an entry twice.
    byte[] bytes = Files.readAllBytes(jar);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    text = text.replace(MANIFEST.replace('I', '?'), MANIFEST);
    Files.write(jar, text.getBytes(StandardCharsets.ISO_8859_1));
    return jar.toString();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  static String manifest(String attributes) {
    return "Manifest-Version: 1.0\r\nMain-Class: "
        + KidAttacks.class.getName()
        + "\r\n"
        + attributes
        + "\r\n\r\n";
  }
}
