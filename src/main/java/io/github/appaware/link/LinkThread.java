package io.github.appaware.link;

import java.util.concurrent.locks.LockSupport;

/**
 * One of the threads of a link: a daemon in the topmost group, where the application does not count
 * or interrupt it, without a context class loader. It is not of a class of its own, nor has it a
 * handler: the application can get hold of all threads, and of those it could get our loader, our
 * classes and by reflection what they keep. What the JDK's own class keeps is closed to it.
 */
final class LinkThread implements Runnable {
  static final int READ = 0;
  static final int WRITE = 1;
  static final int CHECK = 2;

  private static final String[] SUFFIXES = {"-reader", "-writer", "-watch"};

  private final Link link;
  private final int work;
  private final String name;
  private final long stack;

  /** Null before the start. */
  private volatile Thread thread;

  LinkThread(Link link, int work, String name, long stack) {
    this.link = link;
    this.work = work;
    this.name = name;
    this.stack = stack;
  }

  /** Starts it, unless that was done before. */
  void start() {
    if (thread != null) {
      return;
    }
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread made = new Thread(top, this, name.concat(SUFFIXES[work]), stack, false);
    made.setDaemon(true);
    made.setContextClassLoader(null);
    thread = made; // before it runs
    boolean started = false;
    try {
      made.start();
      started = true;
    } finally {
      if (!started) {
        thread = null;
      }
    }
  }

  boolean is(Thread other) {
    return other == thread;
  }

  /** Ends a pause. */
  void wake() {
    LockSupport.unpark(thread);
  }

  void join(long millis) throws InterruptedException {
    Thread started = thread;
    if (started != null) {
      started.join(Math.max(1, millis));
    }
  }

  /** Its work, begun anew after an Error: without it nothing would ever come back. */
  @Override
  public void run() {
    boolean done = false;
    while (!done) {
      try {
        link.enter();
        go();
        done = true;
      } catch (Throwable e) { // no handler is to run here
        pause();
      }
    }
  }

  private void go() {
    if (work == READ) {
      link.read();
    } else if (work == WRITE) {
      link.write();
    } else {
      link.check();
    }
  }

  private void pause() {
    try {
      link.time().park(Timing.CHECK);
    } catch (Throwable e) {
      // At once, then.
    }
  }
}
