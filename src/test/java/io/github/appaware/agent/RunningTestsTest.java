package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

class RunningTestsTest {
  private final RunningTests tests = new RunningTests();
  private final TestDescriptor saves = test("saves", "method:saves()");
  private final TestDescriptor loads = test("loads", "method:loads()");

  private static TestDescriptor test(String method, String segment) {
    int colon = segment.indexOf(':');
    UniqueId id =
        UniqueId.forEngine("engine")
            .append(segment.substring(0, colon), segment.substring(colon + 1));
    return new AbstractTestDescriptor(id, method + "()", MethodSource.from("StoreTest", method)) {
      @Override
      public Type getType() {
        return Type.TEST;
      }
    };
  }

  private String inThread(Runnable before) throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              before.run();
              seen.set(tests.current());
            });
    thread.start();
    thread.join();
    return seen.get();
  }

  private static void nothing() {}

  @Test
  void aTestIsItsThreadsAndThatOfThreadsThatItStarts() throws Exception {
    assertThat(tests.current()).isEmpty();

    tests.started(saves);

    assertThat(tests.current()).isEqualTo("StoreTest.saves");
    assertThat(inThread(RunningTestsTest::nothing)).isEqualTo("StoreTest.saves");
    tests.finished(saves);
    assertThat(tests.current()).isEmpty();
  }

  @Test
  void aSingleTestIsThatOfOtherThreadsToo() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(RunningTestsTest::nothing).get(); // its thread is of no test
      tests.started(saves);
      assertThat(pool.submit(tests::current).get()).isEqualTo("StoreTest.saves");

      assertThat(inThread(() -> tests.started(loads))).isEqualTo("StoreTest.loads");
      assertThat(tests.current()).isEqualTo("StoreTest.saves");
      assertThat(pool.submit(tests::current).get()).as("either").isEmpty();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aPoolsWorkerServesTheNextTestButAThreadRemainsItsTests() throws Exception {
    tests.started(saves);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      assertThat(pool.submit(tests::current).get()).isEqualTo("StoreTest.saves");
      AtomicReference<String> later = new AtomicReference<>();
      CountDownLatch next = new CountDownLatch(1);
      Thread left =
          new Thread(
              () -> {
                try {
                  next.await();
                } catch (InterruptedException e) {
                  return;
                }
                later.set(tests.current());
              });
      left.start();
      tests.finished(saves);
      tests.started(loads);
      next.countDown();
      left.join();

      assertThat(later.get()).isEqualTo("StoreTest.saves");
      assertThat(pool.submit(tests::current).get()).isEqualTo("StoreTest.loads");
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aTestThatTwoFrameworksTellOfIsOne() {
    TestDescriptor same = test("saves", "other:saves()");
    tests.started(saves);
    tests.started(same);
    assertThat(tests.current()).isEqualTo("StoreTest.saves");

    tests.finished(same);
    assertThat(tests.current()).isEqualTo("StoreTest.saves");
    tests.finished(saves);

    assertThat(tests.current()).isEmpty();
  }

  @Test
  void oneOfSeveralInvocationsHasItsNumber() {
    tests.started(test("saves", "test-template-invocation:#2"));

    assertThat(tests.current()).isEqualTo("StoreTest.saves[2]");
  }

  @Test
  void whatIsNoDescriptionIsNoTest() {
    tests.started("StoreTest.saves");
    tests.finished(1);
    tests.reported(new Object());

    assertThat(tests.current()).isEmpty();
  }

  @Test
  void testsThatNeverEndFillNoMemory() throws Exception {
    for (int i = 0; i < 12_000; i++) {
      String name = "test" + i;
      assertThat(started(name)).isEqualTo("StoreTest." + name);
    }
  }

  /** As each is put beneath the one before, which is its outer one, until all are dropped. */
  private String started(String name) {
    tests.started(test(name, "method:" + name));
    return tests.current();
  }
}
