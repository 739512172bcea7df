package io.github.appaware.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A native method of the JDK, and its entry in the list: a line of {@code surface/natives.txt}
 * lists those of one class that are alike.
 *
 * @param method {@code module/internal/Name.method}
 * @param hooks the hooked methods that it is behind, or empty
 * @param beside whether those are asked by a method on the way to it, instead of being one
 * @param except unhooked methods that may reach it nevertheless
 * @param reason why it is not behind a hook, or those methods need not be
 */
record Native(String method, Set<String> hooks, boolean beside, Set<String> except, String reason) {
  private static final String BEHIND = "behind ";
  private static final String BESIDE = "beside ";
  private static final String EXCEPT = "except ";

  /** All that are listed, in the order of the file. */
  static List<Native> listed() throws IOException {
    List<Native> all = new ArrayList<>();
    try (var in = Native.class.getResourceAsStream("/surface/natives.txt")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          all.addAll(read(line));
        }
      }
    }
    return all;
  }

  private static List<Native> read(String line) {
    String[] cells = line.split(" \\| ", -1);
    List<String> names = words(cells[0]);
    Set<String> hooks = Set.of();
    Set<String> except = Set.of();
    String reason = cells[1];
    boolean beside = reason.startsWith(BESIDE);
    if (beside || reason.startsWith(BEHIND)) {
      hooks = new TreeSet<>(words(reason.substring(BEHIND.length())));
      reason = "";
      if (cells.length > 2) {
        int colon = cells[2].indexOf(": ");
        except = new TreeSet<>(words(cells[2].substring(EXCEPT.length(), colon)));
        reason = cells[2].substring(colon + 2);
      }
    }
    List<Native> natives = new ArrayList<>();
    for (String name : names.subList(1, names.size())) {
      natives.add(new Native(names.get(0) + "." + name, hooks, beside, except, reason));
    }
    return natives;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  /** {@code internal/Name}. */
  String type() {
    return method.substring(method.indexOf('/') + 1, method.lastIndexOf('.'));
  }

  String name() {
    return method.substring(method.lastIndexOf('.') + 1);
  }
}
