package io.github.appaware.target;

import com.sun.tools.attach.VirtualMachine;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Causes the blind events that its arguments name, and prints one line for each. */
public final class BlindWays {
  private BlindWays() {}

  /** Each argument is one way, words with blanks between them. */
  public static void main(String[] arguments) {
    for (String way : arguments) {
      System.out.println(attempt(way.split(" ")));
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static String attempt(String[] words) {
    try {
      return words[0] + ": " + go(words);
    } catch (InvocationTargetException e) {
      return words[0] + ": " + e.getCause();
    } catch (Throwable e) {
      return words[0] + ": " + e;
    }
  }

  private static String go(String[] words) throws Exception {
    return switch (words[0]) {
      case "load" -> {
        System.load(words[1]);
        yield "loaded";
      }
      case "start" -> start(Arrays.copyOfRange(words, 1, words.length));
      case "attach" -> {
        VirtualMachine.attach(words[1]).detach();
        yield "attached";
      }
      case "foreign" -> {
        if (Runtime.version().feature() >= 22) {
          link("java.lang.foreign");
        } else {
          linkInIncubator();
        }
        yield "linked";
      }
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String start(String[] command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.strip() + " " + process.waitFor();
  }

  private static void link(String api) throws ReflectiveOperationException {
    Class<?> linker = Class.forName(api + ".Linker");
    Class<?> function = Class.forName(api + ".FunctionDescriptor");
    Object options = Array.newInstance(Class.forName(api + ".Linker$Option"), 0);
    linker
        .getMethod("downcallHandle", function, options.getClass())
        .invoke(linker.getMethod("nativeLinker").invoke(null), ofNothing(api, function), options);
  }

  private static void linkInIncubator() throws ReflectiveOperationException {
    String api = "jdk.incubator.foreign";
    Class<?> linker = Class.forName(api + ".CLinker");
    Class<?> function = Class.forName(api + ".FunctionDescriptor");
    linker
        .getMethod("downcallHandle", MethodType.class, function)
        .invoke(
            linker.getMethod("getInstance").invoke(null),
            MethodType.methodType(void.class),
            ofNothing(api, function));
  }

  private static Object ofNothing(String api, Class<?> function)
      throws ReflectiveOperationException {
    Object layouts = Array.newInstance(Class.forName(api + ".MemoryLayout"), 0);
    return function.getMethod("ofVoid", layouts.getClass()).invoke(null, layouts);
  }
}
