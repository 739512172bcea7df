package io.github.appaware.linux;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The process at the other end of a Unix-domain socket, as the kernel noted it when that end
 * connected ({@code SO_PEERCRED} in unix(7)). Safe for all threads.
 *
 * <p>The JDK tells the user and the group only. Its {@code getsockopt} reads the first four bytes
 * of an option, though, and those of {@code struct ucred} are the process number. It is private, so
 * that the JVM must have been started with {@link #JVM_OPTION}; in return, no native library is
 * loaded, which costs every run a tenth of a second of processor time.
 */
public final class PeerProcess {
  /** Opens the JDK's package. */
  public static final String JVM_OPTION = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;

  private final Method descriptor;
  private final Method option;

  private PeerProcess(Method descriptor, Method option) {
    this.descriptor = descriptor;
    this.option = option;
  }

  /**
   * Finds the JDK's methods.
   *
   * @throws UnavailableException with the reason, where it can't be told
   */
  public static PeerProcess open() throws UnavailableException {
    String arch = System.getProperty("os.arch");
    // On some architectures the option has another number.
    if (!Linux.isHere() || Architecture.of(arch).isEmpty()) {
      throw new UnavailableException(
          Linux.isHere() ? "unknown architecture `" + arch + "`" : "this is not Linux");
    }
    try {
      Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
      Method option =
          Class.forName("sun.nio.ch.Net")
              .getDeclaredMethod(
                  "getIntOption0", FileDescriptor.class, boolean.class, int.class, int.class);
      if (!descriptor.trySetAccessible() || !option.trySetAccessible()) {
        throw new UnavailableException("the JVM was started without " + JVM_OPTION);
      }
      return new PeerProcess(descriptor, option);
    } catch (ReflectiveOperationException e) {
      throw new UnavailableException("this JDK has no `" + e.getMessage() + "`");
    }
  }

  /**
   * The process number, as this process's namespace has it; 0 when it is not visible from there.
   *
   * @throws IOException when it is no connected Unix-domain socket, or the kernel refuses
   */
  public long of(SocketChannel channel) throws IOException {
    if (!(channel.getRemoteAddress() instanceof UnixDomainSocketAddress)) {
      throw new IOException("not a connected Unix-domain socket");
    }
    try {
      Object file = descriptor.invoke(channel);
      return (int) option.invoke(null, file, false, SOL_SOCKET, SO_PEERCRED);
    } catch (InvocationTargetException e) {
      throw new IOException("the kernel does not tell the other process", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // it was made accessible
    }
  }
}
