package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.bridge.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** With semaphores for pipes. */
class WaitingPlacesTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  private final AtomicInteger waits = new AtomicInteger();
  private final WaitingPlaces places = new WaitingPlaces(this::bridge);

  private Object bridge(int operation, Object[] arguments) {
    switch (operation) {
      case Operation.PIPE -> {
        Semaphore pipe = new Semaphore(0);
        return new Object[] {pipe, pipe};
      }
      case Operation.PIPE_WAIT -> {
        waits.incrementAndGet();
        Semaphore pipe = (Semaphore) arguments[0];
        try {
          if (pipe.tryAcquire((Long) arguments[1], TimeUnit.MILLISECONDS)) {
            int unused = pipe.drainPermits();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      case Operation.PIPE_WAKE -> ((Semaphore) arguments[0]).release();
      default -> throw new IllegalArgumentException("operation " + operation);
    }
    return null;
  }

  @Test
  void anAnswerOfAnotherThreadEndsTheWaitAtAPlace() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      PendingReply<String> reply = new PendingReply<>();
      Thread other = new Thread(() -> reply.answer("yes"));
      other.start();
      assertThat(reply.await(LONG, places)).isEqualTo("yes");
      other.join();
    }
    assertThat(waits).hasPositiveValue();
  }

  @Test
  void anAnswerThatIsThereNeedsNoPlace() {
    PendingReply<String> reply = new PendingReply<>();
    reply.answer("yes");
    assertThat(reply.await(LONG, places)).isEqualTo("yes");
    assertThat(waits).hasValue(0);
  }

  @Test
  void noAnswerInTimeIsNull() {
    assertThat(new PendingReply<String>().await(2_000_000, places)).isNull();
    assertThat(waits).hasPositiveValue();
  }

  /** A thread that waited before may be woken late: for this one it is nothing. */
  @Test
  void aPlaceThatIsWokenForNothingWaitsOn() {
    WaitingPlaces.Place place = places.take();
    place.wake();
    places.giveBack(place);
    assertThat(new PendingReply<String>().await(300_000_000, places)).isNull();
    assertThat(waits.get()).isGreaterThan(1);
  }

  @Test
  void placesAreKeptAndBounded() {
    Set<WaitingPlaces.Place> taken = new HashSet<>();
    for (WaitingPlaces.Place each = places.take(); each != null; each = places.take()) {
      assertThat(taken.add(each)).isTrue();
    }
    assertThat(taken).hasSize(64);
    WaitingPlaces.Place any = taken.iterator().next();
    places.giveBack(any);
    assertThat(places.take()).isSameAs(any);
  }

  /** As where there are no more descriptors, or no pipes at all: the thread parks. */
  @Test
  void withoutAPipeTheThreadParks() throws InterruptedException {
    BiFunction<Integer, Object[], Object> full = (operation, arguments) -> "Too many open files";
    BiFunction<Integer, Object[], Object> none =
        (operation, arguments) -> {
          throw new UnsatisfiedLinkError("makePipe");
        };
    for (WaitingPlaces without : List.of(new WaitingPlaces(full), new WaitingPlaces(none))) {
      assertThat(without.take()).isNull();
      PendingReply<String> reply = new PendingReply<>();
      Thread other = new Thread(() -> reply.answer("yes"));
      other.start();
      assertThat(reply.await(LONG, without)).isEqualTo("yes");
      other.join();
    }
  }

  @Test
  void anInterruptStaysAndEndsNoWait() throws InterruptedException {
    PendingReply<String> reply = new PendingReply<>();
    Thread.currentThread().interrupt();
    assertThat(reply.await(2_000_000, null)).isNull();
    assertThat(Thread.interrupted()).isTrue();
  }
}
