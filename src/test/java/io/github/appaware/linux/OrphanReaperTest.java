package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanReaperTest {
  @TempDir Path directory;
  private final List<Long> reaped = new ArrayList<>();

  private final SystemCalls calls =
      new UnavailableCalls("not in this test") {
        @Override
        public Optional<ExitStatus> reap(long pid) {
          reaped.add(pid);
          return Optional.of(new ExitStatus(3, false));
        }
      };

  @Test
  void onlyAdoptedChildrenThatWereZombiesTwiceAreCollected() throws IOException {
    FakeProc fake = new FakeProc(directory);
    fake.process(10, "self", 'S', 1)
        .process(11, "orphan", 'Z', 10)
        .process(12, "started here", 'Z', 10)
        .process(13, "running", 'S', 10)
        .process(14, "another's", 'Z', 1);
    OrphanReaper reaper = new OrphanReaper(calls, fake.proc(), 10, pid -> pid == 12);

    assertThat(reaper.look()).isEmpty();
    assertThat(reaped).isEmpty();
    assertThat(reaper.look()).containsExactly(java.util.Map.entry(11L, calls.reap(11).get()));
    assertThat(reaped).containsOnly(11L);
  }

  @Test
  void aNumberThatIsAnotherProcessByNowIsANewOne() throws IOException {
    FakeProc fake = new FakeProc(directory);
    fake.stat(11, "first", 'Z', 10, 100);
    OrphanReaper reaper = new OrphanReaper(calls, fake.proc(), 10, pid -> false);

    assertThat(reaper.look()).isEmpty();
    fake.stat(11, "second", 'Z', 10, 200);

    assertThat(reaper.look()).isEmpty();
    assertThat(reaped).isEmpty();
  }
}
