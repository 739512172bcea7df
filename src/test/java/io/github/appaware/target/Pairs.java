package io.github.appaware.target;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has each of many libraries connect to each of many endpoints, some of them repeatedly, from
 * several threads at once. Arguments: a port, then the libraries' classes.
 */
public final class Pairs {
  /** 127.7.0.1 and those that follow. */
  public static final int ENDPOINTS = 50;

  private static final int THREADS = 4;

  private Pairs() {}

  /** How often a library connects to an endpoint; both are counted from 0. */
  public static int times(int library, int endpoint) {
    return 1 + (7 * library + endpoint) % 4;
  }

  public static String address(int endpoint) {
    return "127.7.0." + (endpoint + 1);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<Method> libraries = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      libraries.add(Class.forName(args[i]).getMethod("connect", String.class, int.class));
    }
    AtomicInteger calls = new AtomicInteger();
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads[i] = new Thread(() -> calls.addAndGet(go(thread, libraries, port)));
      threads[i].start();
    }
    for (Thread each : threads) {
      each.join();
    }
    System.out.println(calls);
  }

  /** This thread's part: of a pair that repeats, the next threads have theirs. */
  private static int go(int thread, List<Method> libraries, int port) {
    int calls = 0;
    for (int i = 0; i < libraries.size() * ENDPOINTS; i++) {
      int library = i % libraries.size();
      int endpoint = i / libraries.size();
      for (int time = 0; time < times(library, endpoint); time++) {
        if ((i + time) % THREADS == thread) {
          connect(libraries.get(library), address(endpoint), port);
          calls++;
        }
      }
    }
    return calls;
  }

  private static void connect(Method library, String address, int port) {
    try {
      library.invoke(null, address, port);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IOException)) { // denied, or nothing listens there
        throw new AssertionError(e.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
