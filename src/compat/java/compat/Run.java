package compat;

import java.util.concurrent.Callable;

/** What the programs share: where they go, and an end that always comes. */
final class Run {
  /** The part of a program that goes to a server. */
  interface Client {
    void talk(int port) throws Exception;
  }

  private Run() {}

  /** Talks to the port of the command line, or for 0 to a server of the program's own. */
  static void main(String[] args, Callable<Integer> server, Client client) {
    endInTime();
    int status = 1;
    try {
      int port = Integer.parseInt(args[0]);
      client.talk(port == 0 ? server.call() : port);
      status = 0;
    } catch (Throwable t) {
      t.printStackTrace();
    }
    // Not exit: no library shall get the chance to wait for its threads.
    System.out.flush();
    Runtime.getRuntime().exit(status);
  }

  /** A client that tries again for ever ends with status 2. */
  private static void endInTime() {
    int seconds = Integer.getInteger("compat.patience", 100);
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(seconds * 1000L);
              } catch (InterruptedException e) {
                return;
              }
              Runtime.getRuntime().halt(2);
            });
    thread.setDaemon(true);
    thread.start();
  }

  static void say(Object what) {
    System.out.println(what);
  }
}
