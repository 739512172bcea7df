package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;

/**
 * Stand-ins for types inside the JDK, so that {@link Bridge} can be compiled against them; the
 * weaver renames them to the real ones. Their bodies never run.
 */
public final class Inside {
  /** The real names, by the names here. */
  private static final String ACCESS = "jdk.internal.access.";

  private Inside() {}

  /** {@code jdk.internal.access.SharedSecrets}. */
  public static final class SharedSecrets {
    /** The name in the JDK. */
    public static final String JDK_NAME = ACCESS + "SharedSecrets";

    private SharedSecrets() {}

    static JavaLangAccess getJavaLangAccess() {
      return null; // never runs
    }
  }

  /** {@code jdk.internal.access.JavaLangAccess}. */
  public interface JavaLangAccess {
    /** The name in the JDK. */
    String JDK_NAME = ACCESS + "JavaLangAccess";

    /** Slot 0 is the console's, 1 the application's hooks, 2 files to delete; run in that order. */
    void registerShutdownHook(int slot, boolean registerShutdownInProgress, Runnable hook);
  }

  /** {@code sun.nio.ch.DefaultSelectorProvider}. */
  public static final class DefaultSelectorProvider {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.DefaultSelectorProvider";

    private DefaultSelectorProvider() {}

    static SelectorProviderImpl get() {
      return null; // never runs
    }
  }

  /** {@code sun.nio.ch.SelectorProviderImpl}. */
  public abstract static class SelectorProviderImpl extends SelectorProvider {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.SelectorProviderImpl";

    private SelectorProviderImpl() {}
  }

  /** {@code sun.nio.ch.SelChImpl}, which every channel of the JDK is. */
  public interface SelChImpl {
    /** The name in the JDK. */
    String JDK_NAME = "sun.nio.ch.SelChImpl";

    /** The socket. */
    FileDescriptor getFD();
  }

  /** {@code sun.nio.ch.Net}. */
  public static final class Net {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.Net";

    private Net() {}

    static int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
        throws IOException {
      return 0; // never runs
    }
  }

  /** {@code sun.nio.ch.UnixDomainSockets}. */
  public static final class UnixDomainSockets {
    /** The name in the JDK. */
    public static final String JDK_NAME = "sun.nio.ch.UnixDomainSockets";

    private UnixDomainSockets() {}

    static int connect(FileDescriptor fd, Path path) throws IOException {
      return 0; // never runs
    }
  }
}
