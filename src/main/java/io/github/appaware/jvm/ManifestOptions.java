package io.github.appaware.jvm;

import io.github.appaware.jvm.HarmlessOptions.Finding;
import io.github.appaware.jvm.JvmOption.Source;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What the manifest of the jar behind {@code -jar} asks for ({@code sun.launcher.LauncherHelper}):
 * the same as some options, and not part of the command line.
 */
final class ManifestOptions {
  private ManifestOptions() {}

  /** Findings; none where the jar can't be read: then the launcher can't either. */
  static List<Finding> findings(String jar, Path directory) {
    List<Finding> findings = new ArrayList<>();
    Attributes attributes = attributes(jar, directory);
    if (attributes != null) {
      add(findings, jar, attributes, "Add-Exports", Effect.OPENS_JDK);
      add(findings, jar, attributes, "Add-Opens", Effect.OPENS_JDK);
      add(findings, jar, attributes, "Enable-Native-Access", Effect.LOADS_NATIVE_CODE);
      add(findings, jar, attributes, "Launcher-Agent-Class", Effect.INJECTS_CODE);
    }
    return findings;
  }

  private static Attributes attributes(String jar, Path directory) {
    try (JarFile file = new JarFile(directory.resolve(jar).toFile(), false)) {
      Manifest manifest = file.getManifest();
      return manifest == null ? null : manifest.getMainAttributes();
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private static void add(
      List<Finding> findings, String jar, Attributes attributes, String name, Effect effect) {
    String value = attributes.getValue(name);
    if (value != null) {
      findings.add(new Finding(new JvmOption(name + ": " + value, Source.MANIFEST, jar), effect));
    }
  }
}
