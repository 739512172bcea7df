package io.github.appaware.target;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Has libraries send datagrams to one endpoint in turns, on one thread, each from sockets of its
 * own. Arguments: a port, then the libraries' classes.
 */
public final class Senders {
  /** How many each sends. */
  public static final int TURNS = 5;

  private Senders() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<Method> libraries = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      libraries.add(Class.forName(args[i]).getMethod("send", String.class, int.class));
    }
    for (int turn = 0; turn < TURNS; turn++) {
      for (Method library : libraries) {
        Object unused = library.invoke(null, "127.7.0.1", port);
      }
    }
  }
}
