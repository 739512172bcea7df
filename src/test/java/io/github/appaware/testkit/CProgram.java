package io.github.appaware.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in C, whose sources are among the tests' resources. */
public final class CProgram {
  private CProgram() {}

  /**
   * Compiles one, without shared libraries, so that nothing can be put between it and the kernel.
   * Skips the test where there is no compiler.
   *
   * @param name of the resource below {@code /guard}, without its ending
   */
  public static Path compiled(Path directory, String name) throws Exception {
    Path source = directory.resolve(name + ".c");
    try (InputStream in = CProgram.class.getResourceAsStream("/guard/" + name + ".c")) {
      Files.write(source, in.readAllBytes());
    }
    Path program = directory.resolve(name);
    List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-w", "-pthread"));
    command.addAll(List.of("-static", "-o", program.toString(), source.toString()));
    Result result;
    try {
      result = Tool.run(new ProcessBuilder(command), "");
    } catch (IOException e) {
      assumeTrue(false, "no compiler of C: " + e.getMessage());
      throw e;
    }
    assumeTrue(!result.err().contains("cannot find -lc"), "no static C library: " + result.err());
    if (result.status() != 0) {
      throw new AssertionError(result.err());
    }
    return program;
  }
}
