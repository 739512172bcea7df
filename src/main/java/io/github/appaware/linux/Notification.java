package io.github.appaware.linux;

import java.util.Optional;

/**
 * A system call of another process that waits for its answer: {@code struct seccomp_notif} and
 * {@code seccomp_notif_resp} of {@code linux/seccomp.h}, equal on both architectures. One for each
 * thread that receives.
 */
public final class Notification {
  static final int BYTES = 80;
  static final int ANSWER_BYTES = 24;

  private static final int ID = 0;
  private static final int THREAD = 8;
  private static final int NUMBER = 16;
  private static final int ARGUMENTS = 32;

  private static final int ANSWER_VALUE = 8;
  private static final int ANSWER_ERROR = 16;

  private final Architecture architecture;

  /** The kernel's number of the thread that receives in it. */
  final long receiver;

  final NativeMemory received;
  final NativeMemory answer;

  Notification(NativeCall syscall, Architecture architecture) {
    this.architecture = architecture;
    receiver = syscall.call(CallNumber.GETTID.on(architecture), 0, 0, 0, 0, 0);
    received = new NativeMemory(syscall, BYTES);
    answer = new NativeMemory(syscall, ANSWER_BYTES);
  }

  /** Tells it from every other one. */
  public long id() {
    return received.bytes().getLong(ID);
  }

  /** The number of the thread that waits, as this process sees it; 0 where it can't. */
  public long thread() {
    return received.bytes().getInt(THREAD);
  }

  /** The call that it waits in; empty for one that the filter does not bring. */
  public Optional<GuardedCall> call() {
    return GuardedCall.of(received.bytes().getInt(NUMBER), architecture);
  }

  /** A register of the call, from 0 to 5. */
  public long argument(int index) {
    return received.bytes().getLong(ARGUMENTS + Long.BYTES * index);
  }

  /** The same as the {@code int} that the kernel takes it for. */
  public int word(int index) {
    return (int) argument(index);
  }

  /** Fills in what the call returns: a result, or a negative error number. */
  void prepare(long result) {
    answer.clear();
    answer.bytes().putLong(ID, id());
    if (result < 0) {
      answer.bytes().putInt(ANSWER_ERROR, (int) result);
    } else {
      answer.bytes().putLong(ANSWER_VALUE, result);
    }
  }
}
