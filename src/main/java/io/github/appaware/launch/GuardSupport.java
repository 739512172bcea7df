package io.github.appaware.launch;

import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether runs can have a guard on this machine. Loads native access: tens of milliseconds. */
public final class GuardSupport {
  private GuardSupport() {}

  /** What is in the way, in words; empty where nothing is. */
  public static Optional<String> missing() {
    try {
      List<String> missing = calls().missing();
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of("this kernel or container lacks " + String.join(", ", missing));
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether Landlock would refuse what the guard missed. */
  public static boolean isBacked() {
    try {
      return calls().hasLandlock();
    } catch (IOException e) {
      return false;
    }
  }

  private static GuardCalls calls() throws IOException {
    Path scratch = Files.createTempDirectory("appaware-probe");
    try {
      return Linux.guard(scratch);
    } finally {
      Files.delete(scratch);
    }
  }
}
