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
  /** For a method that is known by its name. */
  private static final int NAMED = -1;

  private final CachedVerdict verdict;
  private final ClassOrigin library;
  private final ClassOrigin caller;
  private final String type;
  private final String method;
  private final int number;
  private final int index;
  private final int hash;

  /**
   * A site.
   *
   * @param library the code that called the JDK; null if there is none
   * @param caller the application's own code that led to it; null if there is none
   * @param type the caller's class
   * @param method its method's name and descriptor, or empty where it has a number
   * @param number the method's number in its class, or {@link #NAMED}
   * @param index the caller's position
   */
  private CallSite(
      CachedVerdict verdict,
      ClassOrigin library,
      ClassOrigin caller,
      String type,
      String method,
      int number,
      int index) {
    this.verdict = verdict;
    this.library = library;
    this.caller = caller;
    this.type = type;
    this.method = method;
    this.number = number;
    this.index = index;
    int position = 31 * (31 * (31 * type.hashCode() + method.hashCode()) + number) + index;
    int code = library == null ? 0 : library.source().hashCode();
    this.hash = 31 * (31 * System.identityHashCode(verdict) + code) + position;
  }

  /** A site that no code of the application's own led to. */
  static CallSite of(CachedVerdict verdict, ClassOrigin library) {
    return new CallSite(verdict, library, null, "", "", NAMED, NAMED);
  }

  /** A site whose caller's method has a number in its class, as the JVM tells it. */
  static CallSite of(
      CachedVerdict verdict,
      ClassOrigin library,
      ClassOrigin caller,
      Class<?> type,
      int number,
      int index) {
    return new CallSite(verdict, library, caller, type.getName(), "", number, index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallSite that
        && verdict == that.verdict
        && index == that.index
        && number == that.number
        && method.equals(that.method)
        && type.equals(that.type)
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
              String method = frame.getMethodName().concat(frame.getDescriptor());
              int index = frame.getByteCodeIndex();
              return new CallSite(verdict, library, code, type.getName(), method, NAMED, index);
            }
            read++;
          }
          inner = type;
        }
      }
      return of(verdict, library);
    }
  }
}
