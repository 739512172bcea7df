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
final class ProxyClientFrames implements Function<Stream<StackFrame>, ProxyClientFrames.Found> {
  private static final String SOCKS = "java.net.SocksSocketImpl";

  /** The libraries whose own threads connect: what their packages have in common ends there. */
  private static final String[] LATER = {"hc.client5.http.impl.async.", "jetty.client."};

  /** One more, whose connects are Netty's, in Netty's package or in that of its own copy. */
  private static final String AWS = "http.nio.netty.internal.";

  private static final String NETTY = "io.netty.";

  /** What code is connecting. */
  enum Found {
    /** Code that is observed. */
    OBSERVED,
    /** A library that connects on threads of its own, after its target was judged. */
    LATER,
    /** Any other code. */
    OTHER
  }

  /** Names of classes; of several loaders, if need be. */
  private final Set<String> hooked = ConcurrentHashMap.newKeySet();

  /** What the names of such libraries' classes begin with: {@code org.eclipse.jetty.}. */
  private final Set<String> later = ConcurrentHashMap.newKeySet();

  void add(String className) {
    for (String each : LATER) {
      int at = className.indexOf(each);
      if (at >= 0) {
        boolean unused = later.add(className.substring(0, at + each.indexOf('.') + 1));
        return;
      }
    }
    int aws = className.indexOf(AWS);
    boolean unused = aws < 0 ? hooked.add(className) : later.add(NETTY);
    if (aws >= 0) {
      unused = later.add(className.substring(0, aws) + "thirdparty." + NETTY);
    }
  }

  Found onStack() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(this);
  }

  @Override
  public Found apply(Stream<StackFrame> frames) {
    boolean innermost = true;
    Found found = Found.OTHER;
    for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
      StackFrame frame = each.next();
      String name = frame.getClassName();
      Class<?> type = frame.getDeclaringClass();
      boolean jdk = JdkCode.is(type);
      if (hooked.contains(name) || (jdk && isOfJdk(name, frame.getMethodName()))) {
        return Found.OBSERVED;
      }
      if (innermost && !jdk && type.getModule() != ProxyClientFrames.class.getModule()) {
        innermost = false;
        found = isLater(name) ? Found.LATER : Found.OTHER;
      }
    }
    return found;
  }

  /** Whether the library itself called the JDK; not code that it calls back. */
  private boolean isLater(String name) {
    for (String each : later) {
      if (name.startsWith(each)) {
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
