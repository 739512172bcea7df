package io.github.appaware.linux;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * By {@code java.lang.foreign}, which JDK 22 made permanent; by reflection, as the tool is compiled
 * for JDK 17.
 */
final class ForeignCall implements NativeCall {
  /** The number and six arguments. */
  private static final int WORDS = 7;

  private static final String PACKAGE = "java.lang.foreign.";

  /** Bound to a thread's own place for {@code errno}. */
  private record Bound(MethodHandle syscall, ByteBuffer errno) {}

  private final MethodHandle syscall;
  private final MethodHandle addressOfBuffer;
  private final int errnoBytes;
  private final ThreadLocal<Bound> bound = ThreadLocal.withInitial(this::bind);
  private final Method ofBuffer;

  private ForeignCall() throws ReflectiveOperationException {
    Class<?> linkerType = type("Linker");
    Class<?> segmentType = type("MemorySegment");
    Class<?> layoutType = type("MemoryLayout");
    Class<?> optionType = type("Linker$Option");
    Object linker = linkerType.getMethod("nativeLinker").invoke(null);

    Object symbols = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> symbol =
        (Optional<?>)
            type("SymbolLookup").getMethod("find", String.class).invoke(symbols, "syscall");
    Object function =
        symbol.orElseThrow(() -> new NoSuchMethodException("the C library has no `syscall`"));

    Object word = type("ValueLayout").getField("JAVA_LONG").get(null);
    Object[] words = (Object[]) Array.newInstance(layoutType, WORDS);
    Arrays.fill(words, word);
    Object descriptor =
        type("FunctionDescriptor")
            .getMethod("of", layoutType, words.getClass())
            .invoke(null, word, words);

    Object[] options = (Object[]) Array.newInstance(optionType, 1);
    options[0] =
        optionType
            .getMethod("captureCallState", String[].class)
            .invoke(null, (Object) new String[] {"errno"});
    Object captured = optionType.getMethod("captureStateLayout").invoke(null);

    errnoBytes = Math.toIntExact((long) layoutType.getMethod("byteSize").invoke(captured));
    syscall =
        (MethodHandle)
            linkerType
                .getMethod(
                    "downcallHandle", segmentType, type("FunctionDescriptor"), options.getClass())
                .invoke(linker, function, descriptor, options);
    ofBuffer = segmentType.getMethod("ofBuffer", Buffer.class);
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    addressOfBuffer =
        MethodHandles.filterReturnValue(
                lookup.unreflect(ofBuffer),
                lookup.findVirtual(segmentType, "address", MethodType.methodType(long.class)))
            .asType(MethodType.methodType(long.class, ByteBuffer.class));
  }

  /**
   * Links to the C library.
   *
   * @throws UnavailableException when this JVM has no such package, or its use would be refused or
   *     warned of
   */
  static ForeignCall open() throws UnavailableException {
    try {
      Module module = ForeignCall.class.getModule();
      boolean enabled = (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module);
      if (!enabled) {
        throw new UnavailableException(
            "native access is off in this JVM; --enable-native-access=ALL-UNNAMED turns it on");
      }
      return new ForeignCall();
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnavailableException("java.lang.foreign can't be used: " + cause);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  private Bound bind() {
    ByteBuffer errno = ByteBuffer.allocateDirect(errnoBytes).order(ByteOrder.nativeOrder());
    try {
      Object segment = ofBuffer.invoke(null, errno);
      return new Bound(MethodHandles.insertArguments(syscall, 0, segment), errno);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long call(long number, long a, long b, long c, long d, long e, long f) {
    Bound mine = bound.get();
    try {
      long result = (long) mine.syscall().invokeExact(number, a, b, c, d, e, f);
      return result == -1 ? -mine.errno().getInt(0) : result;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public long address(ByteBuffer buffer) {
    try {
      return (long) addressOfBuffer.invokeExact(buffer);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
