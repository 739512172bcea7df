package io.github.appaware.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tests of the guard need of the machine; says why they are skipped where it is not there. */
public final class Guarded {
  private Guarded() {}

  /** Skips the test where there can be no guard. */
  public static void assumePossible() throws IOException {
    assumeTrue(Linux.isHere(), "not Linux");
    Path scratch = Files.createTempDirectory("appaware-test");
    try {
      List<String> missing = Linux.guard(scratch).missing();
      assumeTrue(missing.isEmpty(), "the kernel lacks " + missing);
    } finally {
      Files.delete(scratch);
    }
    boolean nested = Files.readString(Path.of("/proc/self/status")).contains("Seccomp:\t2");
    assumeTrue(!nested, "the tests run behind a filter of system calls");
  }

  /** Whether Landlock backs the guard. */
  public static boolean hasLandlock() throws IOException {
    Path scratch = Files.createTempDirectory("appaware-test");
    try {
      return Linux.guard(scratch).hasLandlock();
    } finally {
      Files.delete(scratch);
    }
  }
}
