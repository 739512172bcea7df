package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A native library that connects to a witness as soon as anything loads it. */
public final class WitnessLibrary {
  private static final Path COMPILER = Path.of("/usr/bin/gcc");

  private final Path library;

  private WitnessLibrary(Path library) {
    this.library = library;
  }

  /** Compiles it; without a compiler of C, the test is skipped. */
  public static WitnessLibrary of(Path directory, Listener witness)
      throws IOException, InterruptedException {
    return of(directory, witness.port());
  }

  /** The same for a witness at this port. */
  public static WitnessLibrary of(Path directory, int port)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(COMPILER), "no " + COMPILER + " to make a native library with");
    Path source = directory.resolve("witness.c");
    try (var in = WitnessLibrary.class.getResourceAsStream("/native/witness.c")) {
      Files.copy(in, source);
    }
    Path library = directory.resolve("witness.so");
    Process compiler =
        new ProcessBuilder(
                COMPILER.toString(),
                "-shared",
                "-fPIC",
                "-DPORT=" + port,
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    return new WitnessLibrary(library);
  }

  /** A copy of its own, as a library that is loaded twice connects once. */
  public Path copy(String name) throws IOException {
    return Files.copy(library, library.resolveSibling(name + ".so"));
  }
}
