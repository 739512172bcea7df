package io.github.appaware.agent;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether code that is observed when it asks a proxy for a target is connecting: the JDK's clients,
 * and the hooked classes of libraries. Any code can call these, so this proves nothing against a
 * program that means to deceive.
 */
final class ProxyClientFrames implements Function<Stream<StackFrame>, Boolean> {
  private static final String SOCKS = "java.net.SocksSocketImpl";

  /** Names of classes; of several loaders, if need be. */
  private final Set<String> hooked = ConcurrentHashMap.newKeySet();

  void add(String className) {
    boolean unused = hooked.add(className);
  }

  boolean areOnStack() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(this);
  }

  @Override
  public Boolean apply(Stream<StackFrame> frames) {
    for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
      StackFrame frame = each.next();
      String name = frame.getClassName();
      if (hooked.contains(name)
          || (isOfJdk(name, frame.getMethodName()) && JdkCode.is(frame.getDeclaringClass()))) {
        return true;
      }
    }
    return false;
  }

  /** Every socket connects by way of the first of these, most of them directly. */
  private static boolean isOfJdk(String type, String method) {
    if (type.equals(SOCKS)) {
      return method.equals("privilegedConnect") || method.equals("doConnect");
    }
    return type.equals("sun.net.www.http.HttpClient") || type.startsWith("jdk.internal.net.http.");
  }
}
