package io.github.appaware.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** A library, in a jar of its own, that stands between the application and the network. */
public final class LibraryOfWalks {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static Object found;

  private LibraryOfWalks() {}

  /**
   * Connects so many frames below its caller.
   *
   * @param walk whether to walk the stack to the caller first
   * @return the nanoseconds that the connecting took, and the walk
   */
  public static long connect(int depth, boolean walk, InetSocketAddress to, Class<?> caller) {
    if (depth > 1) {
      return connect(depth - 1, walk, to, caller);
    }
    try (Socket socket = new Socket()) {
      socket.setSoLinger(true, 0); // a reset, so that no port is kept waiting
      long start = System.nanoTime();
      if (walk) {
        found = WALKER.walk(new To(caller));
      }
      socket.connect(to);
      return System.nanoTime() - start;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the walk found, so that it can't be left out. */
  public static Object found() {
    return found;
  }

  private record To(Class<?> caller) implements Function<Stream<StackFrame>, Object> {
    @Override
    public Object apply(Stream<StackFrame> frames) {
      for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
        StackFrame frame = each.next();
        if (frame.getDeclaringClass() == caller) {
          return frame.getMethodName() + frame.getLineNumber();
        }
      }
      throw new IllegalStateException("not called by " + caller);
    }
  }
}
