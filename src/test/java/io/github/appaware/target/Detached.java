package io.github.appaware.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Leaves a program behind that has nothing of its run, and prints what that says at its end. */
public final class Detached {
  /**
   * In a session of its own, without the environment, and without its parent: the shell between
   * ends at once. The first argument is a file.
   */
  private static final String SCRIPT =
      """
      out=$1; shift
      (setsid env -i /bin/sh -c 'out=$1; shift; "$@" >"$out.new" 2>&1; mv "$out.new" "$out"' \
      sh "$out" "$@" </dev/null >/dev/null 2>&1 &)
      until [ -e "$out" ]; do sleep 0.02; done
      cat "$out"
      """;

  private Detached() {}

  /**
   * The command that does so.
   *
   * @param out where the program's output goes
   */
  public static List<String> command(String out, List<String> program) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh", out));
    command.addAll(program);
    return command;
  }

  /** The same from a JVM, with the file and the program as arguments. */
  public static void main(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    Process shell =
        new ProcessBuilder(command(all.get(0), all.subList(1, all.size())))
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(said.strip());
  }
}
