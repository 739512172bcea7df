package io.github.appaware.agent;

import io.github.appaware.event.Origin;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A place in the application's code from which a library uses a verdict, as far as it can be told
 * without the costs of an {@link Origin}: the caller's position is that in the bytecode, as to find
 * the line takes longer than to walk the stack. Holds no class, which could not be unloaded.
 */
final class CallSite {
  private final CachedVerdict verdict;
  private final ClassOrigin library;
  private final ClassOrigin caller;
  private final String type;
  private final String method;
  private final String descriptor;
  private final int index;
  private final int hash;

  /**
   * A site.
   *
   * @param library the code that called the JDK; null if there is none
   * @param caller the application's own code that led to it; null if there is none
   * @param frame the caller's
   */
  private CallSite(
      CachedVerdict verdict,
      ClassOrigin library,
      ClassOrigin caller,
      StackWalker.StackFrame frame) {
    this.verdict = verdict;
    this.library = library;
    this.caller = caller;
    this.type = caller == null ? "" : frame.getClassName();
    this.method = caller == null ? "" : frame.getMethodName();
    this.descriptor = caller == null ? "" : frame.getDescriptor();
    this.index = caller == null ? -1 : frame.getByteCodeIndex();
    int position = 31 * (31 * type.hashCode() + method.hashCode()) + index;
    int code = library == null ? 0 : library.source().hashCode();
    this.hash = 31 * (31 * System.identityHashCode(verdict) + code) + position;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallSite that
        && verdict == that.verdict
        && index == that.index
        && method.equals(that.method)
        && type.equals(that.type)
        && descriptor.equals(that.descriptor)
        && isSameCode(library, that.library)
        && isSameCode(caller, that.caller);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static boolean isSameCode(ClassOrigin one, ClassOrigin other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.source().equals(other.source()) && one.module().equals(other.module());
  }

  /** Reads the same frames of a stack as an {@link Origin} has, and makes none. */
  static final class Reader implements Function<Stream<StackWalker.StackFrame>, CallSite> {
    private final ClassOrigin.OfClass codes;
    private final CachedVerdict verdict;

    Reader(ClassOrigin.OfClass codes, CachedVerdict verdict) {
      this.codes = codes;
      this.verdict = verdict;
    }

    @Override
    public CallSite apply(Stream<StackWalker.StackFrame> stack) {
      ClassOrigin library = null;
      Class<?> inner = null;
      int read = 0;
      Iterator<StackWalker.StackFrame> rest = stack.iterator();
      while (read < Origin.MOST_FRAMES && rest.hasNext()) {
        StackWalker.StackFrame frame = rest.next();
        Class<?> type = frame.getDeclaringClass();
        if (type != inner) {
          ClassOrigin code = codes.get(type);
          if (!code.infrastructure()) {
            library = library == null ? code : library;
            if (code.own()) {
              return new CallSite(verdict, library, code, frame);
            }
            read++;
          }
          inner = type;
        }
      }
      return new CallSite(verdict, library, null, null);
    }
  }
}
