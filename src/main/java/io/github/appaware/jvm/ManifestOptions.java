package io.github.appaware.jvm;

import io.github.appaware.jvm.HarmlessOptions.Finding;
import io.github.appaware.jvm.JvmOption.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What the manifest of the jar behind {@code -jar} asks for ({@code sun.launcher.LauncherHelper}):
 * the same as some options, and not part of the command line.
 */
final class ManifestOptions {
  private ManifestOptions() {}

  /**
   * Findings. One that can't be read, and one of several, count as well: the launcher's native part
   * reads manifests by itself, before there is a JVM.
   */
  static List<Finding> findings(String jar, Path directory) {
    List<Finding> findings = new ArrayList<>();
    try (JarFile file = new JarFile(directory.resolve(jar).toFile(), false)) {
      int manifests = 0;
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        manifests += all.nextElement().getName().equalsIgnoreCase(JarFile.MANIFEST_NAME) ? 1 : 0;
      }
      Manifest manifest = file.getManifest();
      if (manifests > 1) {
        findings.add(finding("a second manifest", jar, Effect.UNKNOWN));
      }
      if (manifest != null) {
        add(findings, jar, manifest.getMainAttributes());
      }
    } catch (IOException | InvalidPathException e) {
      if (Files.exists(directory.resolve(jar))) {
        findings.add(finding("an unreadable manifest", jar, Effect.UNKNOWN));
      }
    }
    return findings;
  }

  private static void add(List<Finding> findings, String jar, Attributes attributes) {
    add(findings, jar, attributes, "Add-Exports", Effect.OPENS_JDK);
    add(findings, jar, attributes, "Add-Opens", Effect.OPENS_JDK);
    add(findings, jar, attributes, "Enable-Native-Access", Effect.LOADS_NATIVE_CODE);
    add(findings, jar, attributes, "Launcher-Agent-Class", Effect.INJECTS_CODE);
    add(findings, jar, attributes, "SplashScreen-Image", Effect.LOADS_NATIVE_CODE);
  }

  private static void add(
      List<Finding> findings, String jar, Attributes attributes, String name, Effect effect) {
    String value = attributes.getValue(name);
    if (value != null) {
      findings.add(finding(name + ": " + value, jar, effect));
    }
  }

  private static Finding finding(String what, String jar, Effect effect) {
    return new Finding(new JvmOption(what, Source.MANIFEST, jar), effect);
  }
}
