package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.event.Origin;

/**
 * A stack in the form in which HotSpot fills throwables: chunks of parallel arrays, the innermost
 * frame first. To read it costs a tenth of what a {@link StackWalker} does, which makes objects for
 * each frame, most of them of the JDK. The form is the JVM's own affair: where it is not the
 * expected one, there is no site, and the stack is to be walked instead.
 */
final class Backtrace {
  /** Where a chunk has the numbers of the methods in their classes, a {@code short[]}. */
  private static final int METHODS = 0;

  /** Positions in the bytecode, with the version of a redefined class, an {@code int[]}. */
  private static final int POSITIONS = 1;

  /** Classes; null after the last frame. */
  private static final int TYPES = Bridge.STACK_TYPES;

  /** {@code -XX:MaxJavaStackTraceDepth} unless it is set: what lies further out is not there. */
  private static final int MOST = 1024;

  private Backtrace() {}

  /** From where a thread with this stack uses a verdict; null if that can't be told. */
  static CallSite siteOf(Object stack, CachedVerdict verdict, ClassOrigin.OfClass codes) {
    boolean readable =
        isChunk(stack) && BridgeCalls.isBridge(((Object[]) ((Object[]) stack)[TYPES])[0]);
    return readable ? read((Object[]) stack, verdict, codes) : null;
  }

  private static boolean isChunk(Object stack) {
    return stack instanceof Object[] chunk
        && chunk.length > TYPES
        && chunk[METHODS] instanceof short[] methods
        && chunk[POSITIONS] instanceof int[] positions
        && chunk[TYPES] instanceof Object[] types
        && types.length > 0
        && methods.length == types.length
        && positions.length == types.length;
  }

  private static CallSite read(Object[] stack, CachedVerdict verdict, ClassOrigin.OfClass codes) {
    ClassOrigin library = null;
    Object inner = null;
    int read = 0;
    int depth = 0;
    for (Object[] chunk = stack; chunk != null; chunk = next(chunk)) {
      Object[] types = (Object[]) chunk[TYPES];
      for (int i = 0; i < types.length && types[i] instanceof Class<?> type; i++) {
        if (type != inner) {
          ClassOrigin code = codes.get(type);
          if (!code.infrastructure()) {
            library = library == null ? code : library;
            if (code.own()) {
              int method = ((short[]) chunk[METHODS])[i];
              int position = ((int[]) chunk[POSITIONS])[i];
              return CallSite.of(verdict, library, code, type, method, position);
            }
            read++;
            if (read == Origin.MOST_FRAMES) {
              return CallSite.of(verdict, library);
            }
          }
          inner = type;
        }
        depth++;
      }
    }
    return isWhole(depth, inner) ? CallSite.of(verdict, library) : null;
  }

  /** Which of the other places that is depends on the JDK; null if this is the last one. */
  private static Object[] next(Object[] chunk) {
    for (int i = TYPES + 1; i < chunk.length; i++) {
      if (isChunk(chunk[i])) {
        return (Object[]) chunk[i];
      }
    }
    return null;
  }

  /** Whether the stack ends where threads begin, and was not cut off. */
  private static boolean isWhole(int depth, Object outermost) {
    return depth < MOST
        && outermost instanceof Class<?> type
        && Thread.class.isAssignableFrom(type);
  }
}
