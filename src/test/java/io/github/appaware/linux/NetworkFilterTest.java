package io.github.appaware.linux;

import static io.github.appaware.linux.NetworkFilter.ALLOW;
import static io.github.appaware.linux.NetworkFilter.AUDIT_AARCH64;
import static io.github.appaware.linux.NetworkFilter.AUDIT_AMD64;
import static io.github.appaware.linux.NetworkFilter.KILL_PROCESS;
import static io.github.appaware.linux.NetworkFilter.NOTIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers are those of the kernel's tables, not the filter's own. */
class NetworkFilterTest {
  private static final int EPERM = NetworkFilter.errno(1);
  private static final int ENOSYS = NetworkFilter.errno(38);
  private static final int EPROTONOSUPPORT = NetworkFilter.errno(93);
  private static final int EOPNOTSUPP = NetworkFilter.errno(95);
  private static final int EAFNOSUPPORT = NetworkFilter.errno(97);

  private static int audit(Architecture architecture) {
    return architecture == Architecture.AMD64 ? AUDIT_AMD64 : AUDIT_AARCH64;
  }

  private static int run(Architecture architecture, int amd64, int aarch64, long... arguments) {
    int number = architecture == Architecture.AMD64 ? amd64 : aarch64;
    return new ClassicBpf(NetworkFilter.of(architecture))
        .run(audit(architecture), number, arguments);
  }

  @ParameterizedTest
  @EnumSource
  void callsThatNameAnAddressAreBroughtToTheGuard(Architecture it) {
    assertThat(run(it, 42, 203, 3, 0x1000, 16)).as("connect").isEqualTo(NOTIFY);
    assertThat(run(it, 49, 200, 3, 0x1000, 16)).as("bind").isEqualTo(NOTIFY);
    assertThat(run(it, 50, 201, 3, 128)).as("listen").isEqualTo(NOTIFY);
    assertThat(run(it, 46, 211, 3, 0x1000, 0)).as("sendmsg").isEqualTo(NOTIFY);
    assertThat(run(it, 307, 269, 3, 0x1000, 2, 0)).as("sendmmsg").isEqualTo(NOTIFY);
  }

  @ParameterizedTest
  @CsvSource({
    "0x1000, true",
    "1, true",
    "0xffffffff, true",
    "0x100000000, true",
    "-1, true",
    "0, false",
  })
  void sendtoIsOneOfThemIfEitherHalfOfTheAddressIsThere(String address, boolean notified) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, 44, 206, 3, 0x1000, 5, 0, Long.decode(address), 16))
          .isEqualTo(notified ? NOTIFY : ALLOW);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fastOpenIsRefusedHoweverItIsSent(Architecture it) {
    long fast = 0x20000000;

    assertThat(run(it, 44, 206, 3, 0x1000, 5, fast, 0x2000, 16)).isEqualTo(EOPNOTSUPP);
    assertThat(run(it, 44, 206, 3, 0x1000, 5, fast | 0x40, 0, 0)).isEqualTo(EOPNOTSUPP);
    assertThat(run(it, 46, 211, 3, 0x1000, fast)).isEqualTo(EOPNOTSUPP);
    assertThat(run(it, 307, 269, 3, 0x1000, 2, fast)).isEqualTo(EOPNOTSUPP);
  }

  @ParameterizedTest
  @EnumSource
  void ringsAreNotThere(Architecture it) {
    for (int number = 425; number <= 427; number++) {
      assertThat(run(it, number, number)).isEqualTo(ENOSYS);
    }
  }

  /** As socket(2) has families, types and protocols; 1280 is SOCK_CLOEXEC and SOCK_NONBLOCK. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 2, 0",
    "1, 5, 0",
    "16, 3, 0",
    "16, 2, 4",
    "38, 5, 0",
    "2, 1, 0",
    "2, 1, 6",
    "2, 2, 0",
    "2, 2, 17",
    "10, 1, 0",
    "10, 1, 6",
    "10, 2, 0",
    "10, 2, 17",
    "2, 526337, 0",
    "10, 526338, 17",
  })
  void socketsThatCanBeJudgedAreMade(int family, int type, int protocol) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, 41, 198, family, type, protocol)).isEqualTo(ALLOW);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw,               2,  3,   1, 1",
    "raw of IPv6, 10, 524291, 58, 1",
    "old packet,        2, 10,   0, 1",
    "MPTCP,             2,  1, 262, 93",
    "MPTCP of IPv6,    10,  1, 262, 93",
    "SCTP,              2,  1, 132, 93",
    "SCTP to many,      2,  5, 132, 93",
    "SMC in TCP's place, 2, 1, 256, 93",
    "ping,              2,  2,   1, 93",
    "UDP-Lite,          2,  2, 136, 93",
    "DCCP,              2,  6,  33, 93",
    "packet,           17,  3,   3, 97",
    "vsock,            40,  1,   0, 97",
    "SMC,              43,  1,   0, 97",
    "TIPC,             30,  1,   0, 97",
    "RDS,              21,  5,   0, 97",
    "XDP,              44,  3,   0, 97",
    "Bluetooth,        31,  1,   3, 97",
    "CAN,              29,  3,   1, 97",
    "none,              0,  1,   0, 97",
  })
  void otherSocketsAreRefused(String what, int family, int type, int protocol, int errno) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, 41, 198, family, type, protocol))
          .as(what)
          .isEqualTo(NetworkFilter.errno(errno));
    }
    assertThat(Set.of(EPERM, EPROTONOSUPPORT, EAFNOSUPPORT)).contains(NetworkFilter.errno(errno));
  }

  /** IP_OPTIONS, IPV6_2292PKTOPTIONS, IPV6_2292RTHDR, IPV6_RTHDR. */
  @ParameterizedTest
  @CsvSource({"0, 4", "41, 6", "41, 5", "41, 57"})
  void aSourceRouteCanNotBeSet(int level, int option) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, 54, 208, 3, level, option, 0x1000, 4)).isEqualTo(EPERM);
    }
  }

  /** IP_TTL, SO_RCVBUF, TCP_NODELAY, SO_KEEPALIVE, and the same numbers at other levels. */
  @ParameterizedTest
  @CsvSource({"0, 2", "1, 8", "6, 1", "1, 9", "1, 4", "6, 4", "1, 57", "6, 5"})
  void otherOptionsAreSet(int level, int option) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, 54, 208, 3, level, option, 0x1000, 4)).isEqualTo(ALLOW);
    }
  }

  /** read, write, recvfrom, recvmsg, accept, accept4, sendfile, splice, close, execve. */
  @ParameterizedTest
  @CsvSource({
    "0, 63",
    "1, 64",
    "45, 207",
    "47, 212",
    "43, 202",
    "288, 242",
    "40, 71",
    "275, 76",
    "3, 57",
    "59, 221",
  })
  void theDataPathAndAllElseGoesOn(int amd64, int aarch64) {
    for (Architecture it : Architecture.values()) {
      assertThat(run(it, amd64, aarch64, 3, 0x1000, 16, 0, 0, 0)).isEqualTo(ALLOW);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCallOfAnotherArchitectureKills(Architecture it) {
    ClassicBpf filter = new ClassicBpf(NetworkFilter.of(it));
    int other = it == Architecture.AMD64 ? AUDIT_AARCH64 : AUDIT_AMD64;

    assertThat(filter.run(other, 42)).isEqualTo(KILL_PROCESS);
    assertThat(filter.run(0x40000003, 102)).as("i386").isEqualTo(KILL_PROCESS);
    assertThat(filter.run(other, 0)).isEqualTo(KILL_PROCESS);
  }

  @ParameterizedTest
  @EnumSource
  void theX32CallsAreNotThere(Architecture it) {
    ClassicBpf filter = new ClassicBpf(NetworkFilter.of(it));

    assertThat(filter.run(audit(it), 0x40000000 | 42)).isEqualTo(ENOSYS);
    assertThat(filter.run(audit(it), 0x40000000)).isEqualTo(ENOSYS);
    assertThat(filter.run(audit(it), -1)).isEqualTo(ENOSYS);
  }

  @Test
  void aJumpToNowhereIsNoProgram() {
    assertThatThrownBy(() -> new BpfAssembler().jump("nowhere").assemble())
        .hasMessage("label `nowhere` can't be reached");
    assertThatThrownBy(() -> new BpfAssembler().label("back").load(0).jump("back").assemble())
        .hasMessage("label `back` can't be reached");
    assertThatThrownBy(() -> new BpfAssembler().label("a").load(0).label("a"))
        .hasMessage("label `a` is there twice");
  }
}
