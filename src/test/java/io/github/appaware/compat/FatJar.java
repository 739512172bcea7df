package io.github.appaware.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** A jar as Spring Boot's own plugin lays it out: its loader, the classes, and jars in the jar. */
final class FatJar {
  private FatJar() {}

  static void write(Path jar, Program program, Path classes, List<String> jars) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, program.get("fat-jar"));
    attributes.putValue("Start-Class", program.main());
    attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      // The loader finds no class below a directory that is no entry.
      out.putNextEntry(new ZipEntry("BOOT-INF/classes/"));
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        add(out, "BOOT-INF/classes/" + classes.relativize(each), Files.readAllBytes(each));
      }
      for (String library : jars) {
        Path path = Path.of(library);
        if (path.getFileName().toString().startsWith("spring-boot-loader-")) {
          unpack(out, path);
        } else {
          add(out, "BOOT-INF/lib/" + path.getFileName(), Files.readAllBytes(path));
        }
      }
    }
  }

  private static void unpack(JarOutputStream out, Path loader) throws IOException {
    try (InputStream file = Files.newInputStream(loader);
        JarInputStream in = new JarInputStream(file)) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (entry.getName().endsWith(".class")) {
          add(out, entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  /** Not compressed: the loader reads jars in the jar in place. */
  private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
