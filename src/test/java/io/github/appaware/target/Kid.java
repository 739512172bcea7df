package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the {@code java} of its JDK for each line that it reads: words parted by tabs, the first
 * of them variables ({@code NAME=value}), the rest options and arguments. Is an agent, too.
 */
public final class Kid {
  private Kid() {}

  /** Does nothing: that it runs is enough. */
  public static void premain(String options) {}

  /** Says in one line how each child ended, and what it said. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(start(line.split("\t", -1)));
    }
  }

  /** How the child ended, and what it said; or why it was not started. */
  static String start(String[] words) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String word : words) {
      int equals = word.indexOf('=');
      if (command.size() == 1 && word.matches("[A-Z_]+=.*")) {
        builder.environment().put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        command.add(word);
      }
    }
    try {
      return end(builder.start());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** How a process ends that reads nothing, and what it said. */
  static String end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "ended " + process.waitFor() + ": " + said.strip().replace("\n", " | ");
  }
}
