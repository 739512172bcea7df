package io.github.appaware.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds how this JVM can do system calls. */
public final class Linux {
  /** From where on {@code java.lang.foreign} is no preview. */
  private static final int FOREIGN = 22;

  private Linux() {}

  /** What a JVM of this JDK is to be started with, so that {@link #open} works in it. */
  public static List<String> jvmOptions() {
    return Runtime.version().feature() >= FOREIGN
        ? List.of("--enable-native-access=ALL-UNNAMED")
        : List.of();
  }

  /** Whether this is Linux, so that there should be system calls. */
  public static boolean isHere() {
    return System.getProperty("os.name").equals("Linux");
  }

  /**
   * The system calls, or what says why there are none. Takes tens of milliseconds the first time.
   *
   * @param scratch a private directory for JNA's native library, which is deleted when it is
   *     loaded; the temporary directory is the second choice
   */
  public static SystemCalls open(Path scratch) {
    if (!isHere()) {
      return new UnavailableCalls("this is not Linux");
    }
    String arch = System.getProperty("os.arch");
    Optional<Architecture> architecture = Architecture.of(arch);
    if (architecture.isEmpty()) {
      return new UnavailableCalls("unknown architecture `" + arch + "`");
    }
    try {
      NativeCall call =
          Runtime.version().feature() >= FOREIGN
              ? ForeignCall.open()
              : JnaCall.open(
                  architecture.get(),
                  List.of(scratch, Path.of(System.getProperty("java.io.tmpdir"))));
      return new LinuxCalls(call, architecture.get());
    } catch (UnavailableException e) {
      return new UnavailableCalls(e.getMessage());
    }
  }

  /**
   * What the guard of a run needs; see {@link #open}, which this does.
   *
   * @throws UnavailableException when no system call can be done
   */
  public static GuardCalls guard(Path scratch) throws UnavailableException {
    SystemCalls calls = open(scratch);
    if (calls instanceof LinuxCalls linux) {
      return linux.guard();
    }
    throw new UnavailableException(calls.unavailable().orElseThrow());
  }

  /** Asks for sockets by system calls, where these can be done; see {@link #open}. */
  static Optional<SocketDiagnosis> diagnosis(Path scratch) {
    return open(scratch) instanceof LinuxCalls calls
        ? Optional.of(calls.diagnosis())
        : Optional.empty();
  }
}
