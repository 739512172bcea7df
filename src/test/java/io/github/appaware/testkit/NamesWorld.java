package io.github.appaware.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.NameServer;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host in namespaces of its own whose {@code /etc/resolv.conf} names a name server of the test's,
 * at 127.0.0.1. Needs no privileges; all its processes end with each run.
 */
public final class NamesWorld {
  private static final String SCRIPT =
      "ip link set lo up && mount --bind resolv.conf /etc/resolv.conf && mkfifo ready || exit 99;"
          + " \"$JAVA_HOME/bin/java\" -XX:TieredStopAtLevel=1 -cp \"$1\" "
          + NameServer.class.getName()
          + " 127.0.0.1 $2 >ready 2>queries.txt & server=$!;"
          + " exec 3<ready; read said <&3; shift 2; \"$@\"; status=$?;"
          + " kill $server; rm ready; exit $status";

  private final Path directory;
  private String system = "127.0.0.1";

  /** Skips the test where there can be none. */
  public NamesWorld(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    Process trial =
        new ProcessBuilder("unshare", "-rnm", "ip", "link", "set", "lo", "up")
            .redirectErrorStream(true)
            .start();
    String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(
        trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0,
        "no namespaces can be made here: " + said);
  }

  /** Lets the system name another server, where there is none. */
  public void system(String address) {
    system = address;
  }

  /**
   * Runs a command of the tool there.
   *
   * @param search the line of search domains, or an empty text
   * @param entries of the {@link NameServer}, separated by spaces
   */
  public Result run(Tool tool, String search, String entries, List<String> command)
      throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("resolv.conf"),
        "nameserver " + system + "\n" + (search.isEmpty() ? "" : "search " + search + "\n"));
    ProcessBuilder builder = tool.builder(command.toArray(String[]::new));
    List<String> inside =
        new ArrayList<>(List.of("unshare", "-rnm", "/bin/sh", "-c", SCRIPT, "sh"));
    inside.add(Tool.HOME.resolve("target/test-classes").toString());
    inside.add(entries);
    inside.addAll(builder.command());
    return Tool.run(builder.command(inside), "");
  }

  /** What the name server was asked for, {@code udp a.example 1}. */
  public List<String> queries() throws IOException {
    return Files.readAllLines(directory.resolve("queries.txt"));
  }
}
