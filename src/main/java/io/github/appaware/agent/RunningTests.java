package io.github.appaware.agent;

import io.github.appaware.event.Event;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which test runs on which thread. A thread takes the test of the thread that started it with it;
 * and where one test alone is running in this JVM, what threads of pools do is its doing, too. Made
 * when the first framework is loaded. Safe for all threads.
 */
@SuppressWarnings({
  "ThreadLocalUsage",
  "IdentityHashMapUsage"
}) // one for each JVM; as descriptions are
final class RunningTests {
  /** The name of no test. */
  static final String NONE = "";

  /** Worn by the threads that run the tasks of a pool, at the far end of their stacks. */
  private static final Set<String> WORKERS =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ForkJoinWorkerThread",
          "java.util.concurrent.ForkJoinPool");

  /** Denials of one test that are kept. */
  private static final int MOST_DENIALS = 20;

  /** A framework that never says that its tests end must not fill the memory. */
  private static final int MOST = 10_000;

  private static final class Test {
    private final String name;

    /** The class or test that it is a part of, on its thread; or null. */
    private final Test outer;

    private final boolean leaf;
    private final Thread thread = Thread.currentThread();
    private volatile boolean running = true;

    /** What it allows itself at most; null for what its outer one does. */
    private volatile TestRestriction restriction;

    /** What was denied, each once. */
    private final Set<String> denials = new LinkedHashSet<>();

    Test(String name, Test outer, boolean leaf) {
      this.name = name;
      this.outer = outer;
      this.leaf = leaf;
    }
  }

  private final InheritableThreadLocal<Test> ofThread = new InheritableThreadLocal<>();

  /** By the framework's own description. */
  private final Map<Object, Test> running = new IdentityHashMap<>();

  private final Set<Test> leaves = new HashSet<>();
  private final Set<Test> containers = new HashSet<>();

  /** The single one, or null. */
  private volatile Test only;

  /** A test begins on this thread, or a class of tests. */
  void started(Object described) {
    TestName name = TestName.of(described);
    if (name == null) {
      return;
    }
    Test outer = ofThread.get();
    while (outer != null && !isAround(outer)) {
      outer = outer.outer;
    }
    if (outer != null && outer.name.equals(name.text())) {
      return; // one framework runs the tests of another, and both tell
    }
    Test test = new Test(name.text(), outer, name.isTest());
    synchronized (running) {
      if (running.size() >= MOST) {
        clear();
      }
      Test before = running.put(described, test);
      if (before != null) {
        end(before);
      }
      (test.leaf ? leaves : containers).add(test);
      if (outer != null) {
        leaves.remove(outer);
      }
      findOnly();
    }
    ofThread.set(test);
  }

  /** Not where a test started the thread that runs another one beside it. */
  private static boolean isAround(Test outer) {
    return outer.running && (!outer.leaf || outer.thread == Thread.currentThread());
  }

  /** The test of this description ended, on whichever thread. */
  void finished(Object described) {
    Test test;
    synchronized (running) {
      test = running.remove(described);
      if (test == null) {
        return;
      }
      end(test);
      findOnly();
    }
    if (ofThread.get() == test) {
      ofThread.set(test.outer);
    }
  }

  /** A result of TestNG. */
  void reported(Object result) {
    if (TestName.isStarted(result)) {
      started(result);
    } else {
      finished(result);
    }
  }

  private void end(Test test) {
    test.running = false;
    leaves.remove(test);
    containers.remove(test);
    if (test.outer != null && test.outer.running && test.outer.leaf) {
      leaves.add(test.outer);
    }
  }

  private void clear() {
    for (Test each : running.values()) {
      each.running = false;
    }
    running.clear();
    leaves.clear();
    containers.clear();
  }

  private void findOnly() {
    Set<Test> among = leaves.isEmpty() ? containers : leaves;
    only = among.size() == 1 ? among.iterator().next() : null;
  }

  /** The test that what this thread does now belongs to, or {@link #NONE}. */
  String current() {
    Test test = find();
    return test == null ? NONE : test.name;
  }

  private Test find() {
    Test own = ofThread.get();
    Test single = only;
    if (own == null || (own.running && own.leaf)) {
      return own == null ? single : own;
    }
    // A class's thread, or one whose test is over: what a pool's worker does is for another one.
    boolean others = single != null && single.leaf && (own.running || isWorker());
    return others ? single : own;
  }

  /**
   * Limits the test or class that runs on this thread.
   *
   * @return null, or what is wrong
   */
  String restrict(String[] far) {
    Test own = ofThread.get();
    if (own == null || !own.running) {
      return "no test is running on this thread";
    }
    try {
      own.restriction = new TestRestriction(far);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** Whether the test that this thread's event belongs to, or its class, forbids it. */
  boolean forbids(Event event) {
    for (Test each = find(); each != null; each = each.outer) {
      TestRestriction restriction = each.restriction;
      if (restriction != null) {
        return !restriction.allows(event);
      }
    }
    return false;
  }

  /** Notes that this thread was denied something; of a test that is over for its class. */
  void denied(String what) {
    Test test = find();
    while (test != null && !test.running) {
      test = test.outer;
    }
    if (test != null) {
      synchronized (test.denials) {
        if (test.denials.size() < MOST_DENIALS) {
          test.denials.add(what);
        }
      }
    }
  }

  /** What the test or class that runs on this thread was denied until now. */
  String[] denials() {
    Test own = ofThread.get();
    if (own == null) {
      return new String[0];
    }
    synchronized (own.denials) {
      return own.denials.toArray(new String[0]);
    }
  }

  private static boolean isWorker() {
    return StackWalker.getInstance().walk(new HasWorker());
  }

  /** Whether a stack is that of a thread that runs the tasks of a pool. */
  private static final class HasWorker
      implements Function<Stream<StackWalker.StackFrame>, Boolean> {
    @Override
    public Boolean apply(Stream<StackWalker.StackFrame> frames) {
      Iterator<StackWalker.StackFrame> rest = frames.iterator();
      while (rest.hasNext()) {
        if (isOfWorker(rest.next().getClassName())) {
          return true;
        }
      }
      return false;
    }

    /**
     * Netty's and others' event loops are threads that outlive the test which needed them first.
     */
    private static boolean isOfWorker(String name) {
      return WORKERS.contains(name) || name.endsWith("EventExecutor") || name.endsWith("EventLoop");
    }
  }
}
