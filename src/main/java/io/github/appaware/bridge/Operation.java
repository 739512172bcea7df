package io.github.appaware.bridge;

/**
 * The numbers of what the {@link Bridge} asks its checker, and of what it does for the agent. They
 * are constants of the compiler: this class never comes into {@code java.base}.
 */
public final class Operation {
  /**
   * Arguments: {@link java.net.InetAddress} or null, port, {@link Bridge#STREAM the transport}; and
   * a copy of the first, which is judged, if it is not the first itself; and the stack, as {@link
   * #STACK} has it, taken where it is shortest.
   */
  public static final int CONNECT = 0;

  /** Arguments: local {@link java.net.InetAddress} or null, port, transport. */
  public static final int BIND = 1;

  /**
   * Arguments: local {@link java.net.InetAddress} or null, port, transport; and one more for a
   * socket that another process bound.
   */
  public static final int LISTEN = 2;

  /**
   * Arguments: the path as text; the result is null to proceed, the denial's message, or the {@link
   * java.nio.file.Path} to connect to instead and what to pass to {@link #UNIX_CONNECTED}.
   */
  public static final int UNIX_CONNECT = 3;

  /** Arguments: the path as text. */
  public static final int UNIX_BIND = 4;

  /** Arguments: the path as text. */
  public static final int UNIX_LISTEN = 5;

  /** Arguments: the name. */
  public static final int RESOLVE = 6;

  /** Arguments: the {@link java.net.InetAddress}. */
  public static final int REVERSE = 7;

  /**
   * A notice: the JDK's own resolver found addresses. Arguments: name, {@code InetAddress[]}, and
   * the path of the file of hosts that it read, if it did not ask the system.
   */
  public static final int RESOLVED = 8;

  /**
   * Arguments: {@code String[]} command, {@code Map} environment or null, directory or null; the
   * result is the command and environment to use, or the denial's message.
   */
  public static final int CHILD = 9;

  /**
   * Arguments: the first four of {@link #CONNECT}, of an address given with the message; the socket
   * or null, which may be left out.
   */
  public static final int SEND = 10;

  /** A query: was this name denied? Arguments: the name. */
  public static final int UNRESOLVED = 11;

  /**
   * A notice: the bridge is initialized. Arguments: the bridge itself, for {@link Bridge#apply},
   * and the JDK's own {@link java.nio.channels.spi.SelectorProvider}.
   */
  public static final int READY = 12;

  /**
   * Arguments: the peer's {@link java.net.InetAddress} and port, transport, own port; and one more
   * for a socket that another process bound.
   */
  public static final int ACCEPT = 13;

  /** Arguments: the peer's path as text, usually empty. */
  public static final int UNIX_ACCEPT = 14;

  /** Arguments: as {@link #ACCEPT}, of the sender of one message. */
  public static final int RECEIVE = 15;

  /**
   * Arguments: a native library's path, or its name if the system looks it up; the class that it is
   * loaded for, or null.
   */
  public static final int LIBRARY = 20;

  /**
   * Native code is about to be linked, or native memory to be opened. Arguments: the caller as the
   * JDK determines it, or null.
   */
  public static final int FOREIGN = 21;

  /** Arguments: the process id of a JVM to attach to, as text. */
  public static final int ATTACH = 22;

  /** For the agent: the options that the JVM was started with, as one String each. */
  public static final int OPTIONS = 23;

  /**
   * For the agent: defines the class files of {@link DescriptorInspector}, {@link
   * NativeTransportBridge}, {@link ProxyClientBridge} and {@link TestBridge}.
   */
  public static final int DEFINE = 24;

  /**
   * Arguments: the {@link Process} that was started, and the program that it must be running; the
   * result is null or why it was killed.
   */
  public static final int STARTED = 25;

  /**
   * A proxy is about to be asked for a target. Arguments: the target, an {@link
   * java.net.InetSocketAddress} or the text that the proxy gets; its port; the proxy, an {@link
   * java.net.InetSocketAddress} or its name or address as text; its port; whether another thread
   * may connect to the proxy only later.
   */
  public static final int TUNNEL = 26;

  /**
   * Arguments: what {@link #UNIX_CONNECT} returned, and whether the socket is connected now; the
   * result is a denial's message when another socket was reached than was judged.
   */
  public static final int UNIX_CONNECTED = 30;

  /** Arguments: the path as text, to which native code will connect or send. */
  public static final int UNIX_REACH = 31;

  /**
   * For the agent. Argument: a {@link java.nio.channels.FileChannel}; the result is the number of
   * its descriptor.
   */
  public static final int DESCRIPTOR = 32;

  /**
   * For the agent. Argument: a {@link Class}, or the name of one that the system class loader has;
   * the result is its protection domain. No security manager is asked.
   */
  public static final int DOMAIN = 33;

  /**
   * For the agent: ends the JVM at once, whatever a security manager says. Argument: the status; or
   * null, before there is a manager, to prepare for it.
   */
  public static final int STOP = 34;

  /** A notice: a test begins on this thread. Arguments: the framework's description of it. */
  public static final int TEST_STARTED = 35;

  /** A notice: a test ended. Arguments: as {@link #TEST_STARTED}. */
  public static final int TEST_FINISHED = 36;

  /** A notice of either kind, by TestNG. Arguments: its result. */
  public static final int TEST_REPORTED = 37;

  /**
   * The running test may reach certain far ends at most. Arguments: these, a {@code String[]}; the
   * result is null or what is wrong with them.
   */
  public static final int TEST_RESTRICTED = 38;

  /** What the running test was denied: the result is a {@code String[]}. Arguments: unused. */
  public static final int TEST_DENIALS = 39;

  /** A library is about to look up a name by itself. Arguments: the name. */
  public static final int LOOK_UP = 40;

  /**
   * A notice that proves nothing: code other than the JDK's own resolver says that it found the
   * addresses of a name. Arguments: name, {@code InetAddress[]}.
   */
  public static final int FOUND = 41;

  /**
   * A datagram is about to be sent to a name server. Arguments: its {@code byte[]}, the server's
   * {@link java.net.InetAddress} and port, the channel.
   */
  public static final int QUERY = 42;

  /**
   * A notice: a datagram of a name server was received. Arguments: its {@code byte[]}, the server's
   * {@link java.net.InetAddress} and port as the kernel tells them, the channel.
   */
  public static final int ANSWERED = 43;

  /**
   * For the agent: makes a pipe. The result is its reading and its writing end, or null as long as
   * waiting there would initialize classes that read what the application may still set.
   */
  public static final int PIPE = 60;

  /**
   * For the agent: waits until there is something in a pipe, and reads it. Arguments: the reading
   * end; milliseconds to wait at most, a {@code Long}.
   */
  public static final int PIPE_WAIT = 61;

  /** For the agent: ends such a wait. Argument: the writing end. */
  public static final int PIPE_WAKE = 62;

  /** For the agent: the application has a socket, so that what it set before counts for all. */
  public static final int NETWORK = 63;

  /**
   * For the agent, once that was prepared too: what a file is, without a security manager being
   * asked. Arguments: a path of the JDK's own file system, whether a link is followed. The result
   * is the time of the last change of its inode, its key and whether it is a link; null if there is
   * no such file.
   */
  public static final int FILE = 64;

  /**
   * For the agent: where the calling thread is, in the JVM's own form, which it fills throwables
   * with: a fraction of the costs of a {@link StackWalker}. The result is null where there is none.
   */
  public static final int STACK = 65;

  private Operation() {}
}
