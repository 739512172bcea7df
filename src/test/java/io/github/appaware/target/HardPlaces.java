package io.github.appaware.target;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects from where code seldom runs; prints one line for each place. */
public final class HardPlaces {
  private static int port;
  private static String atFirst;

  private HardPlaces() {}

  /** Arguments: a port, then {@code all}, {@code once} or {@code virtual}. */
  public static void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[0]);
    switch (arguments[1]) {
      case "once" -> say("once", connect());
      case "virtual" -> say("virtual threads", virtual());
      default -> everywhere();
    }
  }

  private static void say(String place, String outcome) {
    System.out.println(place + ": " + outcome);
  }

  private static String connect() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected() ? "connected" : "not connected";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static void everywhere() throws Exception {
    say("class initialiser", Initialised.OUTCOME);
    say("cleaner", cleaner());
    say("stack's end", stack());
    say("interrupted thread", interrupted());
    say("thread that is born dying", handler());
    say("200 threads", threads());
    say("parent-last loader", loader());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("shutdown hook", connect())));
  }

  private static final class Initialised {
    static final String OUTCOME = connect();

    private Initialised() {}
  }

  private static String cleaner() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    String[] outcome = new String[1];
    Cleaner.create()
        .register(
            new Object(),
            () -> {
              outcome[0] = connect();
              done.countDown();
            });
    do {
      System.gc();
    } while (!done.await(10, TimeUnit.MILLISECONDS));
    return outcome[0];
  }

  /** Whatever the calls on the way do, afterwards all is as before. */
  private static String stack() {
    try {
      dive();
    } catch (StackOverflowError e) {
      // As expected.
    }
    return connect();
  }

  @SuppressWarnings("InfiniteRecursion") // to the end of the stack
  private static void dive() {
    try {
      dive();
    } catch (StackOverflowError e) {
      if (atFirst == null) {
        atFirst = connect();
      }
      throw e;
    }
  }

  private static String interrupted() {
    Thread.currentThread().interrupt();
    return connect() + ", still interrupted: " + Thread.interrupted();
  }

  private static String handler() throws InterruptedException {
    String[] outcome = new String[1];
    Thread thread =
        new Thread(
            () -> {
              throw new IllegalStateException("expected");
            });
    thread.setUncaughtExceptionHandler((dying, why) -> outcome[0] = connect());
    thread.start();
    thread.join();
    return outcome[0];
  }

  private static String threads() throws InterruptedException {
    AtomicInteger connected = new AtomicInteger();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(new Thread(() -> connected.addAndGet(connect().equals("connected") ? 1 : 0)));
    }
    all.forEach(Thread::start);
    for (Thread thread : all) {
      thread.join();
    }
    return "connected " + connected;
  }

  /** As application servers have them: its own copy of this very class. */
  private static String loader() throws Exception {
    Class<?> copy =
        new ClassLoader(HardPlaces.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(HardPlaces.class.getName())) {
              return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
              byte[] file = in.readAllBytes();
              return defineClass(name, file, 0, file.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        }.loadClass(HardPlaces.class.getName());
    if (copy == HardPlaces.class) {
      return "not a copy";
    }
    copy.getMethod("main", String[].class).invoke(null, (Object) new String[] {"" + port, "once"});
    return "done";
  }

  /** Ten thousand at once, by reflection: this program is compiled for JDK 17. */
  private static String virtual() throws Exception {
    AtomicInteger connected = new AtomicInteger();
    Runnable work = () -> connected.addAndGet(connect().equals("connected") ? 1 : 0);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(
          (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work));
    }
    for (Thread thread : all) {
      thread.join();
    }
    return "connected " + connected;
  }
}
