package io.github.appaware.agent;

import io.github.appaware.event.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the code that causes an event, on its thread: the frames outside the JDK and the agent, up
 * to the first of the application's own code. Of consecutive frames of one class only the innermost
 * counts. Created on first use, as walking stacks loads classes.
 */
final class Origins {
  /** Reads the stack lazily: later frames are never created. */
  private final StackWalker walker =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final ClassOrigin.OfClass codes;

  /**
   * For this JVM.
   *
   * @param command the value of {@code sun.java.command} at the start
   * @param classPath the value of {@code java.class.path} at the start
   * @param inTests whether a test framework runs here
   */
  Origins(String command, String classPath, boolean inTests) {
    codes = new ClassOrigin.OfClass(new ApplicationCode(command, classPath, inTests));
  }

  /** The origin of the calling thread. */
  Origin here() {
    return walk(new Frames(codes));
  }

  /**
   * From where the calling thread uses a verdict.
   *
   * @param stack the thread's, as {@link Backtrace} reads it, or null
   */
  CallSite siteOf(CachedVerdict verdict, Object stack) {
    Object own = stack == null ? BridgeCalls.stack() : stack;
    CallSite site = Backtrace.siteOf(own, verdict, codes);
    return site != null ? site : walk(new CallSite.Reader(codes, verdict));
  }

  private <T> T walk(Function<Stream<StackWalker.StackFrame>, T> reader) {
    try {
      return walker.walk(reader);
    } catch (InternalError e) {
      throw endOfStack(e);
    }
  }

  /**
   * At the stack's end, the application is to see what it would see without the agent. The JDK (25)
   * wraps the error that its own reflection meets there.
   */
  private static Error endOfStack(InternalError failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof StackOverflowError end) {
        return end;
      }
    }
    return failure;
  }

  private static final class Frames implements Function<Stream<StackWalker.StackFrame>, Origin> {
    private final ClassOrigin.OfClass codes;

    Frames(ClassOrigin.OfClass codes) {
      this.codes = codes;
    }

    @Override
    public Origin apply(Stream<StackWalker.StackFrame> stack) {
      List<Origin.Frame> frames = new ArrayList<>();
      Class<?> inner = null;
      boolean complete = false;
      Iterator<StackWalker.StackFrame> rest = stack.iterator();
      while (!complete && rest.hasNext() && frames.size() < Origin.MOST_FRAMES) {
        StackWalker.StackFrame frame = rest.next();
        Class<?> type = frame.getDeclaringClass();
        ClassOrigin code = codes.get(type);
        if (!code.infrastructure()) {
          if (type != inner) {
            frames.add(
                new Origin.Frame(
                    type.getName(),
                    frame.getMethodName(),
                    frame.getLineNumber(),
                    code.module(),
                    code.source()));
          }
          complete = code.own();
        }
        inner = type;
      }
      return new Origin(frames, Thread.currentThread().getName(), complete);
    }
  }
}
