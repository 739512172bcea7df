package io.github.appaware.agent;

import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the code that called into the JDK, on the caller's own stack. */
final class CallerFinder implements Function<Stream<StackFrame>, String> {
  private CallerFinder() {}

  /**
   * The module of the innermost code outside {@code java.base}, as {@code --enable-native-access}
   * names it; null if it is one of the JDK's own.
   */
  static String module() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(new CallerFinder());
  }

  @Override
  public String apply(Stream<StackFrame> frames) {
    for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
      Class<?> type = each.next().getDeclaringClass();
      ClassLoader loader = type.getClassLoader();
      if (loader != null && loader != CallerFinder.class.getClassLoader()) {
        Module module = type.getModule();
        return isOfTheJdk(type) ? null : module.isNamed() ? module.getName() : "ALL-UNNAMED";
      }
    }
    return "ALL-UNNAMED";
  }

  /** Only code of the JDK's own image has such a location. */
  private static boolean isOfTheJdk(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source != null
        && source.getLocation() != null
        && source.getLocation().getProtocol().equals("jrt");
  }
}
