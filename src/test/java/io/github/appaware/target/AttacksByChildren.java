package io.github.appaware.target;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Another JVM does it, started in some way that might lose the agent. */
final class AttacksByChildren {
  private AttacksByChildren() {}

  static Map<String, Attacks.Attack> all() {
    return Map.of(
        "bare-child", () -> start(Map.of()),
        "child-of-env", () -> run(Map.of(), command("/usr/bin/env", "-i", java())),
        "child-by-file", AttacksByChildren::argumentFile,
        "child-without-attach", () -> start(Map.of(), "-XX:+DisableAttachMechanism"),
        "child-with-tool-options", () -> start(Map.of("JAVA_TOOL_OPTIONS", earlyAgent())),
        "child-with-java-options", () -> start(Map.of("JDK_JAVA_OPTIONS", earlyAgent())),
        "child-with-old-options", () -> start(Map.of("_JAVA_OPTIONS", earlyAgent())),
        "child-with-agent", () -> start(Map.of(), earlyAgent()),
        "child-by-link", AttacksByChildren::link,
        "child-by-runtime", AttacksByChildren::byRuntime);
  }

  /** An agent that tries to be there before any other; {@link AttacksOnHooks} is its class. */
  private static String earlyAgent() {
    return "-javaagent:" + Attacks.jar + "=" + Attacks.port;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void start(Map<String, String> environment, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(java()));
    words.addAll(Arrays.asList(options));
    run(environment, command(words.toArray(String[]::new)));
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>(Arrays.asList(words));
    command.addAll(List.of("-Xmx32m", "-cp", Attacks.jar, Attacks.class.getName()));
    command.addAll(arguments());
    return command;
  }

  private static List<String> arguments() {
    return List.of("nothing-special", "" + Attacks.port, "" + Attacks.datagrams, Attacks.jar);
  }

  /** With nothing in its environment but this. */
  private static void run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process child = builder.start();
    child.getInputStream().transferTo(System.out);
    child.waitFor();
  }

  private static void argumentFile() throws Exception {
    Path file = Files.createTempFile("attack", ".args");
    Files.writeString(file, String.join("\n", command().subList(0, 4)));
    List<String> command = new ArrayList<>(List.of(java(), "@" + file));
    command.addAll(arguments());
    run(Map.of(), command);
    Files.delete(file);
  }

  /** The launcher under a name that is not {@code java}. */
  private static void link() throws Exception {
    Path directory = Files.createTempDirectory("attack");
    Path link = Files.createSymbolicLink(directory.resolve("program"), Path.of(java()));
    try {
      run(Map.of(), command(link.toString()));
    } finally {
      Files.delete(link);
      Files.delete(directory);
    }
  }

  private static void byRuntime() throws IOException, InterruptedException {
    String[] command = command(java()).toArray(String[]::new);
    Process child = Runtime.getRuntime().exec(command, new String[0], new File("/"));
    child.getInputStream().transferTo(System.out);
    child.waitFor();
  }
}
