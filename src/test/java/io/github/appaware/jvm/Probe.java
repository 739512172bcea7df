package io.github.appaware.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Tells what the launcher and the JVM made of its command line. Run by the tests, which open {@code
 * jdk.internal.misc} to it where the JVM's own list of options matters.
 */
public final class Probe {
  private Probe() {}

  /** Prints a one, then lists, each behind its length; all strings end with a zero. */
  public static void main(String[] arguments) throws IOException {
    StringBuilder text = new StringBuilder("\1"); // behind what the JVM itself prints
    add(
        text,
        List.of(System.getProperty("sun.java.command"), System.getProperty("java.class.path")));
    add(text, Arrays.asList(arguments));
    add(text, options());
    List<String> properties = new ArrayList<>();
    for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (name.startsWith("k")) {
        properties.add(name + "=" + System.getProperty(name));
      }
    }
    add(text, properties);
    System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static List<String> options() {
    try {
      Class<?> vm = Class.forName("jdk.internal.misc.VM");
      return Arrays.asList((String[]) vm.getMethod("getRuntimeArguments").invoke(null));
    } catch (ReflectiveOperationException e) {
      return List.of("none");
    }
  }

  private static void add(StringBuilder text, List<String> words) {
    text.append(words.size()).append('\0');
    for (String word : words) {
      text.append(word).append('\0');
    }
  }
}
