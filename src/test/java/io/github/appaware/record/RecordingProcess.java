package io.github.appaware.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Records lines until it is killed, and tells of each once it is recorded. */
final class RecordingProcess {
  private RecordingProcess() {}

  /** The record, the file that is told, a name for the lines. */
  public static void main(String[] arguments) throws IOException {
    try (RotatingSink sink = RotatingSink.open(Path.of(arguments[0]), 4096, 9_000);
        var told =
            Files.newOutputStream(
                Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; ; i++) {
        String name = arguments[2] + "-" + i;
        String line = name + " " + "x".repeat(i % 700) + "\n";
        sink.write(line.getBytes(StandardCharsets.UTF_8));
        told.write((name + "\n").getBytes(StandardCharsets.UTF_8));
        if (i == 0) {
          System.out.println(name);
        }
      }
    }
  }
}
