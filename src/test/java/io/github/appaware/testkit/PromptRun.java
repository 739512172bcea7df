package io.github.appaware.testkit;

import io.github.appaware.target.Crowd;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run of {@link Crowd} on a pseudo-terminal. Its standard streams belong to the test, which sends
 * it steps and reads the results, so that only the person uses the terminal.
 */
public final class PromptRun implements Closeable {
  public final Pty pty;
  private final OutputStream in;
  private final BufferedReader out;
  private final Path directory;

  /**
   * Starts it in the directory, where {@code crowd.jar} and the file {@code hosts} must be.
   *
   * @param before what stands before the tool in the shell's line
   * @param options of {@code appaware run}
   */
  public PromptRun(Tool tool, Path directory, String before, String options) throws Exception {
    this(tool, directory, before, options, "");
  }

  /** The same; {@code after} is the end of the line. */
  public PromptRun(Tool tool, Path directory, String before, String options, String after)
      throws Exception {
    this(tool, directory, before + line(options) + after);
  }

  private PromptRun(Tool tool, Path directory, String line) throws Exception {
    for (String name : new String[] {"in", "out"}) {
      Path pipe = directory.resolve(name);
      Files.deleteIfExists(pipe);
      new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    }
    this.directory = directory;
    pty = new Pty(tool, directory, line);
    in = Files.newOutputStream(directory.resolve("in"));
    out = Files.newBufferedReader(directory.resolve("out"));
  }

  private static String line(String options) {
    return Tool.SCRIPT + " run " + options + " -- " + java() + " <in >out";
  }

  /**
   * Starts it with the questions on a console, whose terminal it is: so the program is not paused,
   * and can be told more during a question.
   */
  public static PromptRun onConsole(Tool tool, Path directory, String before, String options)
      throws Exception {
    String run = before + line("--prompt console " + options) + " 2>run.txt & ";
    String wait = "until [ -e " + tool.runtime() + "/*/console ]; do sleep 0.1; done; ";
    String console = Tool.SCRIPT + " console --events none; wait $!; s=$?; cat run.txt; (exit $s)";
    return new PromptRun(tool, directory, run + wait + console);
  }

  public static String java() {
    return Jdk.running().java() + " -Xmx200m -Djdk.net.hosts.file=hosts -jar crowd.jar";
  }

  /** What each run needs: the program, and names, each with an address of this machine. */
  public static void prepare(Path directory, String... hosts) throws IOException {
    Programs.jar(directory.resolve("crowd.jar"), Crowd.class);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hosts.length; i++) {
      text.append("127.0.").append(i / 250).append('.').append(i % 250 + 1);
      text.append(' ').append(hosts[i]).append('\n');
    }
    Files.writeString(directory.resolve("hosts"), text);
  }

  /** A policy's text without the parts that differ each time. */
  public static String plain(Path policy) throws IOException {
    return Files.readString(policy)
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ by [^:]+:", "TIME by ME:")
        .replaceAll("\"[0-9a-f]{64}\"", "\"HASH\"");
  }

  /** Tells the program what to do; it goes on with what it does already. */
  public void tell(String step) throws IOException {
    in.write((step + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** What came of a step, after its first word. */
  public String hear() throws IOException {
    return out.readLine();
  }

  /** A step that no one has to be asked about. */
  public String say(String step) throws IOException {
    tell(step);
    return hear();
  }

  /** What the run has said, when its questions are on a console. */
  public String messages() throws IOException {
    return Files.readString(directory.resolve("run.txt"));
  }

  /** No more steps: the status of the run. */
  public int end() throws IOException, InterruptedException {
    in.close();
    return pty.end();
  }

  @Override
  public void close() throws IOException {
    pty.close();
    in.close();
    out.close();
  }
}
