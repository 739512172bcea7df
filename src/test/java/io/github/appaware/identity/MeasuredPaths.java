package io.github.appaware.identity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that measures a JVM for each class path that it is given. */
final class MeasuredPaths {
  private MeasuredPaths() {}

  public static void main(String[] paths) throws TargetException {
    for (String path : paths) {
      System.out.println(identify(Path.of(""), "-cp", path, "Main").notice());
    }
  }

  static Target identify(Path directory, String... arguments) throws TargetException {
    List<String> command = new ArrayList<>(List.of(Samples.JAVA.toString()));
    command.addAll(List.of(arguments));
    return new Identifier(Map.of(), directory).identify(command);
  }
}
