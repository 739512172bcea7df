package compat;

import java.util.concurrent.Callable;

/** What the programs share: the choice of the server, and an end after a time limit. */
final class Run {
  /** The part of a program that connects to a server. */
  interface Client {
    void talk(int port) throws Exception;
  }

  private Run() {}

  /** Runs the client against the port in the first argument; 0 means a server of its own. */
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
    // Do not just return: a library's threads could keep the JVM running.
    System.out.flush();
    Runtime.getRuntime().exit(status);
  }

  /** Ends a client that retries for ever, with status 2. */
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
