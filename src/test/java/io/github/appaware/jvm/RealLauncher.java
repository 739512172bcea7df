package io.github.appaware.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code java} of a JDK, and the parser beside it: both must read every line alike. */
record RealLauncher(Jdk jdk, Path directory) {
  static final String PROBE = Probe.class.getName();

  /** Has the probe tell the JVM's own list of options. */
  static final String OPEN = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  private static final Pattern REFUSED =
      Pattern.compile(
          "Unrecognized option: (.*)|Error: missing `(.*)' JVM"
              + "|Could not find or load main class (.*)");

  private static final String PROBE_FILE = PROBE.replace('.', '/') + ".class";

  /** What the launcher did: its exit status, and what {@link Probe} saw. */
  private record Outcome(int status, List<List<String>> lists, String errors) {}

  /** The probe as a class in {@code classes}, and as {@code app.jar} and {@code lib/app.jar}. */
  void writeProbe() throws IOException {
    byte[] bytes;
    try (InputStream stream = Probe.class.getResourceAsStream("Probe.class")) {
      bytes = stream.readAllBytes();
    }
    Path file = directory.resolve("classes").resolve(PROBE_FILE);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    for (String name : List.of("app.jar", "lib/app.jar")) {
      Path jar = directory.resolve(name);
      Files.createDirectories(jar.getParent());
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PROBE);
      try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        zip.putNextEntry(new JarEntry(PROBE_FILE));
        zip.write(bytes);
      }
    }
  }

  /** Runs the line and parses it; fails when they disagree. True when something ran. */
  boolean requireAgreement(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Outcome outcome = run(arguments, environment);
    String line = jdk + ": " + environment + " " + arguments + "\n" + outcome.errors();
    JvmOptions options;
    try {
      JvmConfig config = JvmConfig.read(jdk.feature(), jdk.home());
      options = JvmOptions.parse(arguments, environment, OptionFiles.in(directory), config);
    } catch (OptionException e) {
      assertThat(outcome.status()).as("%s\nparser: %s", line, e.getMessage()).isNotZero();
      return false;
    }
    if (outcome.status() != 0) {
      requireRefused(options, line);
      return false;
    }
    if (options.line().kind() == JavaCommandLine.Kind.NONE) {
      assertThat(outcome.lists()).as(line).isEmpty();
      return false;
    }
    List<List<String>> lists = outcome.lists();
    assertThat(lists).as(line).hasSize(4);
    List<String> command = new ArrayList<>(List.of(options.line().main()));
    command.addAll(options.line().applicationArguments());
    assertThat(lists.get(0))
        .as(line)
        .containsExactly(String.join(" ", command), String.join(":", options.line().classPath()));
    assertThat(lists.get(1)).as(line).isEqualTo(options.line().applicationArguments());
    if (!lists.get(2).equals(List.of("none"))) {
      assertThat(lists.get(2)).as(line).isEqualTo(told(options));
    }
    List<String> properties = new ArrayList<>();
    for (Map.Entry<String, String> property : new TreeMap<>(options.properties()).entrySet()) {
      if (property.getKey().startsWith("k")) {
        properties.add(property.getKey() + "=" + property.getValue());
      }
    }
    assertThat(lists.get(3)).as(line).isEqualTo(properties);
    return true;
  }

  /** What the JVM or the launcher complains about must be what the parser handed to it. */
  private static void requireRefused(JvmOptions options, String line) {
    Matcher refused = REFUSED.matcher(line);
    assertThat(refused.find()).as(line).isTrue();
    List<String> got = new ArrayList<>(List.of(options.line().main().replace('/', '.')));
    for (JvmOption option : options.options()) {
      got.add(option.text());
    }
    for (JvmOption option : options.launcherOptions()) {
      got.add(option.text().replace("-XXaltjvm=", ""));
    }
    String text = refused.group(1) + refused.group(2) + refused.group(3);
    assertThat(got).as(line).contains(text.replace("null", ""));
  }

  /** As the JVM tells its options: flags of a file without their beginning, and not all. */
  private static List<String> told(JvmOptions options) {
    List<String> told = new ArrayList<>();
    for (JvmOption option : options.options()) {
      String text = option.text();
      if (option.source() == JvmOption.Source.FLAGS_FILE) {
        told.add(text.substring("-XX:".length()));
      } else if (!text.startsWith("-Djava.class.path")
          && !text.startsWith("-Dsun.java.command")
          && !text.startsWith("-Dsun.java.launcher")) {
        told.add(text);
      }
    }
    return told;
  }

  private Outcome run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(arguments);
    Path errors = directory.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectError(Redirect.to(errors.toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.contains("JAVA") || name.equals("CLASSPATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int begin = text.indexOf('\1');
    int status = process.waitFor();
    String told = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    return new Outcome(status, begin < 0 ? List.of() : lists(text.substring(begin + 1)), told);
  }

  private static List<List<String>> lists(String text) {
    Iterator<String> words = Arrays.asList(text.split("\0", -1)).iterator();
    List<List<String>> lists = new ArrayList<>();
    while (lists.size() < 4) {
      int size = Integer.parseInt(words.next());
      List<String> list = new ArrayList<>();
      while (list.size() < size) {
        list.add(words.next());
      }
      lists.add(list);
    }
    return lists;
  }
}
