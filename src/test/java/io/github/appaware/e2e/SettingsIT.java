package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Hello;
import io.github.appaware.target.Settings;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.PropertyReads;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a program sets at the start of its {@code main} counts as it does without the agent. */
@ExtendWith(ToolExtension.class)
class SettingsIT {
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.net.http",
          "java.naming",
          "java.rmi",
          "java.instrument",
          "jdk.net",
          "jdk.httpserver",
          "jdk.naming.dns");

  /** Those that a program sets for the network. */
  private static final Pattern OF_NETWORK =
      Pattern.compile(
          "(java\\.net|java\\.nio\\.channels|java\\.rmi|sun\\.net|sun\\.nio|sun\\.rmi|jdk\\.net"
              + "|jdk\\.nio|jdk\\.http|jdk\\.httpclient|jdk\\.httpserver|jdk\\.internal\\.http"
              + "|jdk\\.tls|http|https|ftp|networkaddress|com\\.sun\\.jndi)\\.\\w.*");

  /** What any agent in a jar brings about, and the default file system; see the manual. */
  private static final Set<String> KNOWN =
      Set.of(
          "java.security.debug",
          "java.security.auth.debug",
          "java.nio.file.spi.DefaultFileSystemProvider");

  private static final Pattern INITIALIZED = Pattern.compile("Initializing '([^']*)'");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Settings.class)
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    Files.writeString(directory.resolve("hosts"), "127.0.0.9 made-up.example\n");
  }

  private void assertSame(Jdk jdk, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.java(),
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "-cp",
                jar.toString(),
                Settings.class.getName()));
    command.addAll(List.of(arguments));
    Result expected = plain(command);
    assertThat(expected.out()).as(expected.err()).isNotEmpty();
    assertThat(run(command)).as(arguments[0]).isEqualTo(expected);
  }

  private Result plain(List<String> command) throws Exception {
    return Tool.run(new ProcessBuilder(command).directory(directory.toFile()), "");
  }

  private Result run(List<String> command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--"));
    words.addAll(command);
    return tool.run(words.toArray(String[]::new));
  }

  @TestOnEachJdk
  void whatMainSetsStillCounts(Jdk jdk) throws Exception {
    for (String what : List.of("v4", "interfaces", "v6")) {
      assertSame(jdk, what);
    }
    assertSame(jdk, "hosts", directory.resolve("hosts").toString());
    assertSame(jdk, "directory", directory.toString());
  }

  /** The thread waits for the verdict on that event by means of the JDK's. */
  @TestOnEachJdk
  void whatMainSetsAfterAnEventThatIsNoneOfIpSocketsStillCounts(Jdk jdk) throws Exception {
    assertSame(jdk, "process+v4");
    assertSame(jdk, "unix+v4");
    assertSame(jdk, "file+interface+process+hosts", directory.resolve("hosts").toString());
  }

  /** Of each class that reads a property of the network when it is initialized. */
  @TestOnEachJdk
  void eachPropertyThatIsReadOnceHasItsValueFromMain(Jdk jdk) throws Exception {
    List<String> lines = new ArrayList<>();
    Set<String> opened = new TreeSet<>();
    PropertyReads.of(jdk.home(), MODULES)
        .forEach(
            (type, names) -> {
              List<String> settable =
                  names.stream().filter(name -> OF_NETWORK.matcher(name).matches()).toList();
              // Its field is not used: the directory is asked for when one is needed.
              if (!settable.isEmpty() && !type.equals("sun/nio/ch/UnixDomainSockets")) {
                String name = type.replace('/', '.');
                lines.add(name + " " + String.join(" ", settable));
                opened.add(name.substring(0, name.lastIndexOf('.')));
              }
            });
    assertThat(lines)
        .hasSizeGreaterThan(30)
        .anyMatch(line -> line.matches("java.net.InetAddress .*java.net.preferIPv6Addresses.*"))
        .anyMatch(line -> line.startsWith("sun.nio.ch.Net "));
    Path file = Files.write(directory.resolve("classes"), lines);
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    for (String module : MODULES) {
      opened.forEach(name -> command.add("--add-opens=" + module + "/" + name + "=ALL-UNNAMED"));
    }
    command.addAll(List.of("-cp", jar.toString(), Settings.class.getName(), "", file.toString()));
    for (String value : List.of("true", "7")) {
      command.set(command.size() - 2, value);

      List<String> expected = plain(command).out().lines().toList();

      assertThat(expected).hasSizeGreaterThan(60);
      assertThat(run(command).out().lines()).containsExactlyElementsOf(expected);
    }
  }

  /** Found in the JVM's own log, and in the class files of what it says. */
  @TestOnEachJdk
  void theAgentHasNothingInitializedThatReadsAProperty(Jdk jdk) throws Exception {
    Path classes = Path.of(Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command =
        new ArrayList<>(List.of(jdk.java(), "", "-cp", classes.toString(), Hello.class.getName()));
    command.set(1, "-Xlog:class+init=info:file=plain.log");
    assertThat(plain(command).status()).isZero();
    command.set(1, "-Xlog:class+init=info:file=agent.log");
    assertThat(run(command).status()).isZero();

    Set<String> own = beforeMain("agent.log");
    own.removeAll(beforeMain("plain.log"));

    assertThat(own).contains("java/net/UnixDomainSocketAddress"); // the agent's connection
    Map<String, Set<String>> found = new LinkedHashMap<>(PropertyReads.of(jdk.home(), MODULES));
    found.keySet().retainAll(own);
    found.remove("sun/nio/ch/UnixDomainSockets"); // woven: asks when it needs it
    found.values().forEach(names -> names.removeAll(KNOWN));
    found.values().forEach(names -> names.removeIf(name -> !name.matches("(java|sun|jdk)\\..*")));
    found.values().removeIf(SettingsIT::isOfAnyJarOrAgent);
    assertThat(found).isEmpty();
  }

  /**
   * What the JDK reads when it opens a jar and starts an agent in it, or when it makes a lambda.
   */
  private static boolean isOfAnyJarOrAgent(Set<String> names) {
    return names.stream()
        .allMatch(
            name ->
                name.matches(
                    "(jdk\\.(util\\.(jar|zip)|jar|internal\\.lambda|instrument)\\..*)"
                        + "|sun\\.misc\\.JarIndex\\..*|sun\\.jnu\\.encoding"
                        + "|jdk\\.traceVirtualThreadLocals"));
  }

  private Set<String> beforeMain(String log) throws IOException {
    Set<String> found = new TreeSet<>();
    String main = Hello.class.getName().replace('.', '/');
    for (String line : Files.readAllLines(directory.resolve(log))) {
      Matcher each = INITIALIZED.matcher(line);
      if (each.find()) {
        if (each.group(1).equals(main)) {
          return found;
        }
        found.add(each.group(1));
      }
    }
    throw new AssertionError(main + " was not initialized");
  }
}
