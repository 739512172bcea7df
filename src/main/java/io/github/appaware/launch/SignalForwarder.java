package io.github.appaware.launch;

import io.github.appaware.linux.OwnChildren;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Passes signals on to the target. Uses {@code sun.misc.Signal} of {@code jdk.unsupported}, by
 * reflection, as the compiler warns about each direct use.
 */
public final class SignalForwarder {
  private static final List<String> ENDING = List.of("TERM", "HUP", "INT");
  private static final String HANDLER = "sun.misc.SignalHandler";
  private static final String IGNORE = "SIG_IGN";

  private SignalForwarder() {}

  /** From now on signals that would end the launcher are passed to the target instead. */
  static void passTo(ProcessHandle target, QuestionHandler answerer) {
    for (String name : ENDING) {
      Runnable first = name.equals("INT") ? answerer::interrupted : answerer::leave;
      handle(
          name,
          () -> {
            first.run();
            pass(name, target);
          });
    }
  }

  /** From now on this process ignores signals that would end it: it ends with its run. */
  public static void ignore() {
    for (String name : ENDING) {
      try {
        install(name, Class.forName(HANDLER).getField(IGNORE).get(null));
      } catch (ReflectiveOperationException e) {
        // The signal does not exist on this platform.
      }
    }
  }

  /** From now on SIGTERM and SIGINT call {@code reaction}, each time. */
  public static void onEnd(Runnable reaction) {
    handle("TERM", reaction);
    handle("INT", reaction);
  }

  private static void pass(String name, ProcessHandle target) {
    if (name.equals("INT") && isForeground()) {
      return; // Ctrl-C: the terminal has sent it to the whole group, the target included
    }
    if (name.equals("TERM")) {
      target.destroy();
      return;
    }
    try {
      // The JDK can send SIGTERM and SIGKILL only; every POSIX shell has kill.
      ProcessBuilder kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + target.pid());
      int unused = OwnChildren.started(kill.redirectErrorStream(true).start()).waitFor();
    } catch (IOException e) {
      target.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this process is in its terminal's foreground group: proc(5), fields 5 and 8. */
  private static boolean isForeground() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[2].equals(fields[5]);
    } catch (IOException | RuntimeException e) {
      return false; // sending a signal twice is better than not at all
    }
  }

  /** Leaves a signal alone that this JVM was started to ignore (nohup) or does not have. */
  static void handle(String name, Runnable reaction) {
    try {
      Class<?> handler = Class.forName(HANDLER);
      InvocationHandler call =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              reaction.run();
            }
            return null;
          };
      Object ours =
          Proxy.newProxyInstance(
              SignalForwarder.class.getClassLoader(), new Class<?>[] {handler}, call);
      Object before = install(name, ours);
      if (handler.getField(IGNORE).get(null).equals(before)) {
        install(name, before);
      }
    } catch (ReflectiveOperationException e) {
      // The signal does not exist on this platform.
    }
  }

  /** Returns the handler before. */
  private static Object install(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName(HANDLER))
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }
}
