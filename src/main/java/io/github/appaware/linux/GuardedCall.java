package io.github.appaware.linux;

import java.util.Optional;

/** The system calls that are stopped and brought to the guard. */
public enum GuardedCall {
  /** connect(2). */
  CONNECT(CallNumber.CONNECT),
  /** bind(2). */
  BIND(CallNumber.BIND),
  /** listen(2). */
  LISTEN(CallNumber.LISTEN),
  /** sendto(2) with an address. */
  SENDTO(CallNumber.SENDTO),
  /** sendmsg(2), with an address or without: only its memory tells. */
  SENDMSG(CallNumber.SENDMSG),
  /** sendmmsg(2), likewise. */
  SENDMMSG(CallNumber.SENDMMSG);

  private static final GuardedCall[] ALL = values();

  private final CallNumber number;

  GuardedCall(CallNumber number) {
    this.number = number;
  }

  /** By its number; empty for any other, which the filter never brings. */
  static Optional<GuardedCall> of(int number, Architecture architecture) {
    for (GuardedCall each : ALL) {
      if (each.number.on(architecture) == number) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
