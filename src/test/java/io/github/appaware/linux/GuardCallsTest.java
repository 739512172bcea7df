package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On kernels that lack something: each is a kernel that answers as the older ones do. */
class GuardCallsTest {
  private static final Architecture HERE = Architecture.AMD64;

  /** Answers 7 to what is not named; a call that is named has that result. */
  private static final class Kernel implements NativeCall {
    private final Map<CallNumber, Long> results;
    final ConcurrentMap<Long, Integer> calls = new ConcurrentHashMap<>();

    Kernel(Map<CallNumber, Long> results) {
      this.results = results;
    }

    @Override
    public long call(long number, long a, long b, long c, long d, long e, long f) {
      int unused = calls.merge(number, 1, Integer::sum);
      for (Map.Entry<CallNumber, Long> each : results.entrySet()) {
        if (each.getKey().on(HERE) == number) {
          return each.getValue();
        }
      }
      if (number == CallNumber.SECCOMP.on(HERE)) {
        return a == 2 ? 0 : c == 0 ? -Errno.EFAULT : 9; // available; no filter; a listener
      }
      return number == CallNumber.PRCTL.on(HERE)
              || number == CallNumber.LANDLOCK_RESTRICT_SELF.on(HERE)
          ? 0
          : 7;
    }

    @Override
    public long address(ByteBuffer buffer) {
      return 0x1000;
    }
  }

  private static GuardCalls on(CallNumber call, long result) {
    return new GuardCalls(new Kernel(Map.of(call, result)), HERE);
  }

  @Test
  void nothingIsMissingHere() {
    assertThat(new GuardCalls(new Kernel(Map.of()), HERE).missing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SECCOMP, -38, seccomp user notification (Linux 5.0)",
    "SECCOMP, -95, seccomp user notification (Linux 5.0)",
    "SECCOMP, -22, notifications that only a fatal signal interrupts (Linux 5.19)",
    "PIDFD_GETFD, -38, 'pidfd_getfd (Linux 5.6, in containers perhaps SYS_PTRACE)'",
    "PIDFD_GETFD, -1, 'pidfd_getfd (Linux 5.6, in containers perhaps SYS_PTRACE)'",
    "PIDFD_OPEN, -38, 'pidfd_getfd (Linux 5.6, in containers perhaps SYS_PTRACE)'",
  })
  void whatAnOlderKernelLacksIsNamed(CallNumber call, long result, String missing) {
    assertThat(on(call, result).missing()).contains(missing);
  }

  @ParameterizedTest
  @CsvSource({"-38, false", "-95, false", "1, false", "3, false", "4, true", "7, true"})
  void landlockBacksTheFilterFromItsFourthVersionOn(long version, boolean backs) {
    assertThat(on(CallNumber.LANDLOCK_CREATE_RULESET, version).hasLandlock()).isEqualTo(backs);
  }

  @Test
  void aThreadIsRestrictedWithoutLandlockToo() throws Exception {
    Kernel kernel = new Kernel(Map.of(CallNumber.LANDLOCK_CREATE_RULESET, -38L));

    assertThat(new GuardCalls(kernel, HERE).restrictThread()).isNotNull();
    assertThat(kernel.calls).doesNotContainKey((long) CallNumber.LANDLOCK_RESTRICT_SELF.on(HERE));
  }

  @ParameterizedTest
  @CsvSource({
    "PRCTL, -1, PR_SET_NO_NEW_PRIVS: operation not permitted",
    "SECCOMP, -22, SECCOMP_SET_MODE_FILTER: invalid argument",
    "SECCOMP, -16, another guard is in force around this process (a run in a run)",
    "LANDLOCK_RESTRICT_SELF, -1, landlock_restrict_self: operation not permitted",
  })
  void whatIsRefusedIsAFailure(CallNumber call, long result, String message) {
    assertThatThrownBy(() -> on(call, result).restrictThread()).hasMessage(message);
  }
}
