package io.github.appaware.target;

import static io.github.appaware.target.Attacks.attempt;
import static io.github.appaware.target.Attacks.connect;
import static io.github.appaware.target.Attacks.say;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The agent's threads, its connection and its objects. */
final class AttacksOnAgent {
  private AttacksOnAgent() {}

  static Map<String, Attacks.Attack> all() {
    return Map.of(
        "handler-on-agent-thread", AttacksOnAgent::handler,
        "interrupt-agent", AttacksOnAgent::interrupt,
        "agent-by-thread", () -> search(new ArrayList<>(threads())),
        "agent-by-blocker", AttacksOnAgent::blockers,
        "agent-by-loader", AttacksOnAgent::loader,
        "agents-names", AttacksOnAgent::names,
        "write-to-descriptors", AttacksOnAgent::write,
        "close-descriptors", AttacksOnAgent::close);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private static List<Thread> agents() {
    return threads().stream().filter(thread -> thread.getName().startsWith("appaware-")).toList();
  }

  /** The attack's code on a thread of the agent: does it count as the agent's? */
  private static void handler() throws Exception {
    for (Thread thread : agents()) {
      thread.setUncaughtExceptionHandler((dying, why) -> connect());
      try {
        Thread.class.getMethod("stop").invoke(thread);
      } catch (InvocationTargetException | NoSuchMethodException e) {
        thread.interrupt(); // JDK 20 and later refuse to stop threads
      }
      thread.join(500);
    }
  }

  private static void interrupt() {
    for (int i = 0; i < 100; i++) {
      agents().forEach(Thread::interrupt);
      connect();
    }
  }

  /** Everything that reflection finds in these, and in what it finds there. */
  private static void search(List<?> roots) {
    Deque<Object> open = new ArrayDeque<>(roots);
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (seen.add(object)) {
        tell(object);
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
          for (Field field : type.getDeclaredFields()) {
            add(field, object, open);
          }
        }
        if (object instanceof Thread thread) {
          open.add(thread.getUncaughtExceptionHandler());
        }
      }
    }
    say("looked into " + seen.size() + " objects");
  }

  private static void add(Field field, Object of, Deque<Object> open) {
    try {
      field.setAccessible(true);
      Object value = field.get(Modifier.isStatic(field.getModifiers()) ? null : of);
      if (value != null && !field.getType().isPrimitive()) {
        open.add(value);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Closed to us.
    }
  }

  /** An object of the agent leads to its loader, that to its classes, those to their fields. */
  private static void tell(Object found) {
    Class<?> type = found.getClass();
    ClassLoader loader = type.getClassLoader();
    if (loader != null && "appaware".equals(loader.getName())) {
      say("connected to " + type.getName());
    }
  }

  /** Any code can ask what a thread waits for. */
  private static void blockers() throws InterruptedException {
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int first = 3_000 + 1_000 * i;
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 300; n++) {
                  try {
                    new Socket(Attacks.LOOPBACK, first + n).close();
                  } catch (IOException e) {
                    // Denied, as it should.
                  }
                }
              });
      asking.add(thread);
      thread.start();
    }
    while (asking.stream().anyMatch(Thread::isAlive)) {
      List<Object> found = new ArrayList<>();
      for (Thread thread : threads()) {
        Object blocker = LockSupport.getBlocker(thread);
        if (blocker != null) {
          found.add(blocker);
        }
      }
      found.forEach(AttacksOnAgent::tell);
    }
  }

  /** The agent's jar is on the class path: what of its classes' own copies is there to change? */
  private static void loader() throws Exception {
    for (String name :
        List.of("Premain", "Connection", "VerdictCache", "EventChecker", "Transformer")) {
      Class<?> type = Class.forName("io.github.appaware.agent." + name);
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          attempt(() -> field.set(null, null));
        }
      }
    }
  }

  /** A thread, a loader and a class named as the agent's are. */
  private static void names() throws InterruptedException {
    ClassLoader namesake = new ClassLoader("appaware", ClassLoader.getPlatformClassLoader()) {};
    for (String name : List.of("appaware-reader", "appaware-writer", "appaware-loading", "main")) {
      Thread thread = new Thread(Attacks::connect, name);
      thread.setContextClassLoader(namesake);
      thread.start();
      thread.join();
    }
  }

  /** The agent's connection among the process's files. */
  private static void write() {
    for (int fd = 3; fd < 60; fd++) {
      String path = "/proc/self/fd/" + fd;
      if (path(path).startsWith("socket:")) {
        attempt(
            () -> {
              try (FileOutputStream out = new FileOutputStream(path)) {
                out.write(new byte[1_000]);
                say("connected to " + path);
              }
            });
      }
    }
  }

  private static String path(String link) {
    try {
      return java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of(link)).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** With {@code --add-opens java.base/java.io}: closes the agent's connection under it. */
  private static void close() throws Exception {
    Field number = FileDescriptor.class.getDeclaredField("fd");
    number.setAccessible(true);
    for (int fd = 3; fd < 60; fd++) {
      if (path("/proc/self/fd/" + fd).startsWith("socket:")) {
        FileDescriptor victim = new FileDescriptor();
        number.setInt(victim, fd);
        new FileInputStream(victim).close();
        say("closed " + fd);
      }
    }
    connect();
  }
}
