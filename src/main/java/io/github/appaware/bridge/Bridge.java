package io.github.appaware.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Called by woven JDK methods, on the application's threads, before they act.
 *
 * <p>The checker is a function (operation, arguments) → null to proceed, or a {@link String}: the
 * denial's message. For {@link Operation#CHILD} it returns the command and environment to use. It
 * is read once, from a system property that the agent sets only while this class initializes, into
 * a final field that the JVM treats as a constant: no code can replace it by reflection.
 *
 * <p>If the checker throws, the operation is denied.
 *
 * <p>Where the program has a security manager, the checker runs with privileges of its own: what
 * the callers on the stack may do says nothing about what the agent may. It calls no code of the
 * application, but for what a test framework says of a test; that code has its own privileges.
 *
 * <p>One long class on purpose: each further class defined into {@code java.base} costs every
 * target time at start, and all entry points share the checker in its constant field. It has one
 * short method for each entry point; {@link InboundBridge}, which handles peers and datagrams, is
 * separate.
 */
public final class Bridge
    implements BiFunction<Integer, Object[], Object>, PrivilegedAction<Object> {
  /** The name in the target: a package of {@code java.base} where the hooked classes live. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareBridge";

  /** The system property that hands over the checker. */
  public static final String CHECKER_PROPERTY = "appaware.checker";

  /** A class of that package that the JDK does not use before it opens the first channel. */
  public static final String LENDER_NAME = "sun.nio.ch.IOStatus";

  /** The internal name of {@link #LENDER_NAME}. */
  public static final String LENDER_INTERNAL_NAME = "sun/nio/ch/IOStatus";

  /** The system property that hands over the consumer of the lookup that defines the bridge. */
  public static final String LENDER_PROPERTY = "appaware.lookup";

  /** The port of name servers, RFC 1035. */
  public static final int DNS = 53;

  /** The name that the agent looks up to prove that look-ups are judged; no server can have it. */
  public static final String NO_NAME = "appaware..self.test";

  /** A transport: {@code SOCK_STREAM}, the same number on every system. */
  public static final int STREAM = 1;

  /** A transport: {@code SOCK_DGRAM}, the same number on every system. */
  public static final int DATAGRAM = 2;

  /** A transport: {@code IPPROTO_UDP}, RFC 768. */
  public static final int UDP = 17;

  /** A transport: {@code IPPROTO_SCTP}, RFC 9260. */
  public static final int SCTP = 132;

  private static final int LAST_SLOT = 3;

  /** {@code POLLIN} of poll(2), on every Unix. */
  private static final int READABLE = 1;

  /** The first JDK without security managers: JEP 486. */
  public static final int UNMANAGED = 24;

  private static final boolean MANAGED = Runtime.version().feature() < UNMANAGED;

  /**
   * Read once by the JDK's native code, when its library is loaded: before the application runs.
   */
  private static final String IPV4 = "java.net.preferIPv4Stack";

  private static final boolean PREFERS_IPV4 = Boolean.getBoolean(IPV4);

  /** Those of the JVM's start, for which no security manager is asked. */
  private static final Properties PROPERTIES = System.getProperties();

  /** For {@link #run}. */
  private static final int RELOAD = -1;

  private static final long NOWHERE = -1;

  /** Where a {@link #stack} has its classes, the innermost first. */
  public static final int STACK_TYPES = 2;

  /** Whether a class that depends on that property is initialized. */
  private static volatile boolean networked;

  /**
   * Whether one is that reads more of the application's settings, so that {@code Net}, which the
   * JDK (25) initializes it with, reads nothing too early.
   */
  private static volatile boolean addressed;

  private static final BiFunction<Integer, Object[], Object> CHECKER = takeChecker();

  /** For {@link #stack}; null while a thread has it. */
  private static final AtomicReference<Throwable> SPARE = new AtomicReference<>();

  /** The name, or the address as text, that this thread is looking up and was allowed to. */
  private static final ThreadLocal<String> CHECKED_LOOK_UP = new ThreadLocal<>();

  /** The address that the JDK is restoring to a socket that it has just disconnected. */
  private static final ThreadLocal<InetSocketAddress> REPAIR_TARGET = new ThreadLocal<>();

  static {
    // Unsafe needs a Field to find where to write.
    JdkStubs.Reflection.registerFieldsToFilter(Bridge.class, Set.of("*"));
    Object none =
        CHECKER.apply(
            Operation.READY,
            new Object[] {
              new Bridge(Operation.READY, null), JdkStubs.DefaultSelectorProvider.get()
            });
    assert none == null;
  }

  /** Where a throwable has its stack; 0 until it is needed, {@link #NOWHERE} if that is unknown. */
  private static volatile long backtrace;

  /** What ends the JVM; null unless a security manager may come. */
  private static volatile Method halt;

  /** What reads a file's attributes; null unless a security manager may come. */
  private static volatile Method[] fileMethods;

  /** Of a question that is asked with privileges. */
  private final int operation;

  private final Object[] arguments;

  private Bridge(int operation, Object[] arguments) {
    this.operation = operation;
    this.arguments = arguments;
  }

  /**
   * For the agent only. {@link Operation#READY} with a {@link Runnable} runs it after the
   * application's shutdown hooks. {@link Operation#CONNECT} and {@link Operation#BIND} with a
   * channel, address and port, {@link Operation#LISTEN} with an address, and {@link
   * Operation#UNIX_CONNECT} with a channel and a path, call the methods behind those that ask a
   * security manager, and whose failure would make the JDK read its security configuration; the
   * result is the failure's message. {@link Operation#OPTIONS} returns a {@code String[]}, {@link
   * Operation#DESCRIPTOR} an {@code Integer}, {@link Operation#PIPE} and {@link Operation#STACK} an
   * {@code Object[]}.
   */
  @Override
  public Object apply(Integer operation, Object[] arguments) {
    try {
      switch (operation) {
        case Operation.READY ->
            JdkStubs.SharedSecrets.getJavaLangAccess()
                .registerShutdownHook(LAST_SLOT, false, (Runnable) arguments[0]);
        case Operation.CONNECT ->
            JdkStubs.Net.connect(
                StandardProtocolFamily.INET,
                ((JdkStubs.SelChImpl) arguments[0]).getFD(),
                (InetAddress) arguments[1],
                (Integer) arguments[2]);
        case Operation.BIND ->
            JdkStubs.Net.bind(
                StandardProtocolFamily.INET,
                ((JdkStubs.SelChImpl) arguments[0]).getFD(),
                (InetAddress) arguments[1],
                (Integer) arguments[2]);
        case Operation.LISTEN -> {
          JdkStubs.NioSocketImpl socket = new JdkStubs.NioSocketImpl(true);
          try {
            socket.create(true);
            socket.bind((InetAddress) arguments[0], 0);
            socket.listen(1);
          } finally {
            socket.close();
          }
        }
        case Operation.DEFINE -> {
          MethodHandles.Lookup here = MethodHandles.lookup();
          here.defineClass((byte[]) arguments[0]);
          MethodHandles.Lookup there = MethodHandles.privateLookupIn(Channel.class, here);
          for (int i = 1; i < arguments.length; i++) {
            there.defineClass((byte[]) arguments[i]);
          }
        }
        case Operation.OPTIONS -> {
          return JdkStubs.Vm.getRuntimeArguments();
        }
        case Operation.DESCRIPTOR -> {
          return descriptor((FileChannel) arguments[0]);
        }
        case Operation.PIPE -> {
          if (!addressed) {
            return null;
          }
          long both = JdkStubs.IoUtil.makePipe(false);
          return new Object[] {
            JdkStubs.IoUtil.newFD((int) (both >>> 32)), JdkStubs.IoUtil.newFD((int) both)
          };
        }
        case Operation.PIPE_WAIT -> {
          FileDescriptor end = (FileDescriptor) arguments[0];
          if (JdkStubs.Net.poll(end, READABLE, (Long) arguments[1]) != 0) {
            boolean unused = JdkStubs.IoUtil.drain(JdkStubs.IoUtil.fdVal(end));
          }
        }
        case Operation.PIPE_WAKE -> {
          int unused =
              JdkStubs.IoUtil.write1(
                  JdkStubs.IoUtil.fdVal((FileDescriptor) arguments[0]), (byte) 1);
        }
        case Operation.DOMAIN -> {
          return JdkStubs.SharedSecrets.getJavaLangAccess().protectionDomain(type(arguments[0]));
        }
        case Operation.NETWORK -> network();
        case Operation.FILE -> {
          return file((Path) arguments[0], (Boolean) arguments[1]);
        }
        case Operation.STACK -> {
          return stack();
        }
        case Operation.STOP -> stop((Integer) arguments[0]);
        case Operation.UNIX_CONNECT ->
            JdkStubs.UnixDomainSockets.connect(
                ((JdkStubs.SelChImpl) arguments[0]).getFD(), (Path) arguments[1]);
        default -> throw new IllegalArgumentException("operation " + operation);
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Class<?> type(Object typeOrName) throws ClassNotFoundException {
    return typeOrName instanceof Class<?> type
        ? type
        : Class.forName((String) typeOrName, false, ClassLoader.getSystemClassLoader());
  }

  /** A program's manager may forbid the end of the JVM, but not this one. */
  private static void stop(Integer status) throws ReflectiveOperationException {
    if (status == null) {
      Method found = Class.forName("java.lang.Shutdown").getDeclaredMethod("halt", int.class);
      found.setAccessible(true);
      halt = found;
      fileMethods = fileMethods();
      return;
    }
    try {
      if (halt != null) {
        halt.invoke(null, status);
      }
      Runtime.getRuntime().halt(status);
    } finally { // the manager was there before the agent
      JdkStubs.Signal.raise(new JdkStubs.Signal("TERM"));
    }
  }

  /** Null on systems other than Unix. */
  private static Method[] fileMethods() throws ReflectiveOperationException {
    Class<?> type;
    try {
      type = Class.forName("sun.nio.fs.UnixFileAttributes");
    } catch (ClassNotFoundException e) {
      return null;
    }
    Method[] found = {
      type.getDeclaredMethod("get", Class.forName("sun.nio.fs.UnixPath"), boolean.class),
      type.getDeclaredMethod("ctime"),
      type.getDeclaredMethod("fileKey"),
      type.getDeclaredMethod("isSymbolicLink")
    };
    for (Method each : found) {
      each.setAccessible(true);
    }
    return found;
  }

  private static Object[] file(Path path, boolean followed) throws ReflectiveOperationException {
    Method[] methods = fileMethods;
    Object attributes;
    try {
      attributes = methods[0].invoke(null, path, followed);
    } catch (InvocationTargetException e) {
      return null;
    }
    return new Object[] {
      methods[1].invoke(attributes), methods[2].invoke(attributes), methods[3].invoke(attributes)
    };
  }

  /**
   * The calling thread's; null in a JVM whose throwables have no such field. The throwable is used
   * again and again, as tools count those that are made; it keeps nothing.
   */
  public static Object stack() {
    long field = backtrace;
    if (field <= 0) {
      field = field == 0 ? findBacktrace() : field;
      if (field == NOWHERE) {
        return null;
      }
    }
    JdkStubs.Unsafe unsafe = JdkStubs.Unsafe.getUnsafe();
    Throwable own = SPARE.getAndSet(null);
    own = own == null ? new Throwable() : own.fillInStackTrace();
    Object stack = unsafe.getReference(own, field);
    unsafe.putReference(own, field, null);
    SPARE.set(own);
    return stack;
  }

  private static long findBacktrace() {
    long field;
    try {
      field = JdkStubs.Unsafe.getUnsafe().objectFieldOffset(Throwable.class, "backtrace");
    } catch (InternalError e) {
      field = NOWHERE;
    }
    backtrace = field;
    return field;
  }

  private static Integer descriptor(FileChannel channel) throws ReflectiveOperationException {
    Field field = channel.getClass().getDeclaredField("fd");
    field.setAccessible(true);
    return JdkStubs.SharedSecrets.getJavaIOFileDescriptorAccess()
        .get((FileDescriptor) field.get(channel));
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<Integer, Object[], Object> takeChecker() {
    Object checker = System.getProperties().remove(CHECKER_PROPERTY);
    if (checker == null) {
      throw new IllegalStateException("no checker");
    }
    return (BiFunction<Integer, Object[], Object>) checker;
  }

  /** The checker's answer. */
  @SuppressWarnings("removal") // null on a JDK without managers, where they aren't asked for
  private static Object decide(int operation, Object[] arguments) {
    return MANAGED && System.getSecurityManager() != null
        ? AccessController.doPrivileged(new Bridge(operation, arguments))
        : CHECKER.apply(operation, arguments);
  }

  /** For {@link AccessController}: asks the checker. */
  @Override
  public Object run() {
    return operation == RELOAD ? reload() : CHECKER.apply(operation, arguments);
  }

  /**
   * On entry of the static initializers that would load the JDK's network library, if the agent had
   * not needed it before. That library reads a property when it is loaded: has it do so again,
   * where the application has set it since.
   */
  @SuppressWarnings("removal") // it only calls the action on JDK 24 and later
  public static void network() {
    if (networked) {
      return;
    }
    networked = true;
    boolean managed = MANAGED && System.getSecurityManager() != null;
    String now = managed ? PROPERTIES.getProperty(IPV4) : System.getProperty(IPV4);
    if (Boolean.parseBoolean(now) != PREFERS_IPV4) {
      Object unused =
          managed ? AccessController.doPrivileged(new Bridge(RELOAD, null)) : (Object) reload();
    }
  }

  /** The same for those that read how the application wants names and addresses. */
  public static void addresses() {
    addressed = true;
    network();
  }

  /** Its initialization only sets variables of its own, so that it can be repeated. */
  private static boolean reload() {
    String name = System.mapLibraryName("net");
    String path = Path.of(JdkStubs.StaticProperty.sunBootLibraryPath(), name).toString();
    try {
      Constructor<?> make =
          Class.forName("jdk.internal.loader.NativeLibraries$NativeLibraryImpl")
              .getDeclaredConstructors()[0];
      boolean old = make.getParameterCount() > 3; // JDK 17 has one more, in both
      make.setAccessible(true);
      Object library =
          old
              ? make.newInstance(Object.class, path, false, true)
              : make.newInstance(Object.class, path, false);
      for (Method each :
          Class.forName("jdk.internal.loader.NativeLibraries").getDeclaredMethods()) {
        if (each.getName().equals("load")) {
          each.setAccessible(true);
          return (Boolean)
              (old
                  ? each.invoke(null, library, path, false, true, true)
                  : each.invoke(null, library, path, false, true));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("appaware: this JDK can't load its library again", e);
    }
    throw new IllegalStateException("appaware: this JDK can't load its library again");
  }

  /** Null to proceed, or the denial's message. */
  static String ask(int operation, Object... arguments) {
    try {
      return (String) decide(operation, arguments);
    } catch (Exception e) {
      return "appaware: denied because of an internal error: " + e;
    }
  }

  /** Before {@code connect(2)} of an IP socket. */
  public static void connect(InetAddress remote, int port, int type) throws IOException {
    InetAddress unused = connectTo(remote, port, type);
  }

  /** The same; returns what was judged, and is to be connected to. */
  public static InetAddress connectTo(InetAddress remote, int port, int type) throws IOException {
    return connectTo(remote, port, type, stack());
  }

  /** The same on a thread with this {@link #stack}. */
  public static InetAddress connectTo(InetAddress remote, int port, int type, Object stack)
      throws IOException {
    InetAddress judged = copy(remote);
    String denial = ask(Operation.CONNECT, remote, port, type, judged, stack);
    if (denial != null) {
      throw new ConnectException(denial);
    }
    return judged;
  }

  /**
   * The transport of a socket that is connected by a class of the JDK whose sockets are all of one
   * kind, so that the kernel need not be asked; 0 for any other caller of {@code Net.connect}.
   *
   * @param stack as {@link #stack} has it
   */
  public static int transport(Object stack) {
    if (stack instanceof Object[] chunk
        && chunk.length > STACK_TYPES
        && chunk[STACK_TYPES] instanceof Object[] types) {
      for (Object type : types) {
        if (type == JdkStubs.NioSocketImpl.class || type == JdkStubs.SocketChannelImpl.class) {
          return STREAM;
        }
        if (type != Bridge.class && type != JdkStubs.Net.class) {
          return type == JdkStubs.DatagramChannelImpl.class ? DATAGRAM : 0;
        }
      }
    }
    return 0;
  }

  /**
   * The address as it is now. An object of the application's can become another address at any
   * time: {@code sun.reflect.ReflectionFactory} calls its {@code readObject} again.
   */
  private static InetAddress copy(InetAddress address) throws UnknownHostException {
    if (address == null) {
      return null;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address scoped
        ? Inet6Address.getByAddress(null, bytes, scoped.getScopeId())
        : InetAddress.getByAddress(bytes);
  }

  /** Before {@code bind(2)} of an IP socket, and before it joins a multicast group. */
  public static void bind(InetAddress local, int port, int type) throws IOException {
    InetAddress unused = bindTo(local, port, type);
  }

  /** The same; returns what was judged, and is to be bound to. */
  public static InetAddress bindTo(InetAddress local, int port, int type) throws IOException {
    if (isRepair(local, port)) {
      return local;
    }
    InetAddress judged = copy(local);
    String denial = ask(Operation.BIND, judged, port, type);
    if (denial != null) {
      throw new BindException(denial);
    }
    return judged;
  }

  /** On entry of the method that restores the binding of a disconnected socket: no event. */
  public static void repair(InetSocketAddress target) {
    REPAIR_TARGET.set(target);
  }

  /** Only for that address, in case a stack overflow prevents {@link #repaired}. */
  private static boolean isRepair(InetAddress local, int port) {
    InetSocketAddress target = REPAIR_TARGET.get();
    return target != null && target.getPort() == port && target.getAddress().equals(local);
  }

  /** On every exit of the method that restores a binding. */
  public static void repaired() {
    REPAIR_TARGET.remove();
  }

  /** Before {@code listen(2)} of a bound TCP socket. */
  public static void listen(InetSocketAddress local) throws IOException {
    listen(local.getAddress(), local.getPort(), STREAM);
  }

  /** The same, with address and port separate. */
  public static void listen(InetAddress local, int port, int type) throws IOException {
    String denial = ask(Operation.LISTEN, local, port, type);
    if (denial != null) {
      throw new BindException(denial);
    }
  }

  /** Before {@code sendto(2)} with an address. */
  public static void send(InetSocketAddress target, int type) throws IOException {
    send(target.getAddress(), target.getPort(), type);
  }

  /** The same; returns what was judged, and is to be sent to. */
  public static InetSocketAddress sendTo(InetSocketAddress target, int type) throws IOException {
    return new InetSocketAddress(
        sendTo(target.getAddress(), target.getPort(), type), target.getPort());
  }

  /** The same, with address and port separate. */
  public static void send(InetAddress remote, int port, int type) throws IOException {
    InetAddress unused = sendTo(remote, port, type);
  }

  /** The same; returns what was judged, and is to be sent to. */
  public static InetAddress sendTo(InetAddress remote, int port, int type) throws IOException {
    return sendTo(remote, port, type, null);
  }

  /** The same, from this socket. */
  public static InetSocketAddress sendTo(InetSocketAddress target, int type, Object socket)
      throws IOException {
    int port = target.getPort();
    return new InetSocketAddress(sendTo(target.getAddress(), port, type, socket), port);
  }

  /** The same. */
  public static InetAddress sendTo(InetAddress remote, int port, int type, Object socket)
      throws IOException {
    InetAddress judged = copy(remote);
    String denial = ask(Operation.SEND, remote, port, type, judged, socket);
    if (denial != null) {
      throw new SocketException(denial);
    }
    return judged;
  }

  /**
   * Before a byte about a target is sent to a proxy; what the arguments are says {@link
   * Operation#TUNNEL}.
   */
  public static void tunnel(Object target, int port, Object proxy, int proxyPort)
      throws IOException {
    String denial = tunnelDenial(target, port, proxy, proxyPort, false);
    if (denial != null) {
      throw new ConnectException(denial);
    }
  }

  /** The same for a SOCKS proxy, to which there is a connection. */
  public static void socks(String proxy, int proxyPort, SocketAddress target) throws IOException {
    tunnel(target, 0, proxy, proxyPort);
  }

  /** The same; the denial's message, or null. */
  public static String tunnelDenial(
      Object target, int port, Object proxy, int proxyPort, boolean later) {
    return ask(Operation.TUNNEL, target, port, proxy, proxyPort, later);
  }

  /** A test begins or ended, or says something of itself; the operation says which. */
  public static Object test(int operation, Object argument) {
    if (operation < Operation.TEST_STARTED || operation > Operation.TEST_DENIALS) {
      throw new IllegalArgumentException("operation " + operation);
    }
    try {
      return decide(operation, new Object[] {argument});
    } catch (Exception e) {
      return "appaware: internal error: " + e;
    }
  }

  /**
   * Before an SCTP socket is bound to all of these; returns what was judged, and is to be bound to.
   */
  public static InetAddress[] bindAllTo(InetAddress[] local, int port, int type)
      throws IOException {
    InetAddress[] judged = new InetAddress[local.length];
    for (int i = 0; i < judged.length; i++) {
      judged[i] = bindTo(local[i], port, type);
    }
    return judged;
  }

  /**
   * Before an operation on an SCTP association or socket that has these addresses.
   *
   * @param operation {@link Operation#CONNECT}, {@link Operation#SEND} or {@link Operation#LISTEN}
   */
  public static void askAll(int operation, Set<SocketAddress> addresses) throws IOException {
    if (addresses == null || addresses.isEmpty()) {
      throw new SocketException("appaware: denied because of an unknown address");
    }
    for (SocketAddress each : addresses) {
      InetSocketAddress inet = (InetSocketAddress) each;
      switch (operation) {
        case Operation.CONNECT -> connect(inet.getAddress(), inet.getPort(), SCTP);
        case Operation.SEND -> send(inet, SCTP);
        case Operation.LISTEN -> listen(inet.getAddress(), inet.getPort(), SCTP);
        default -> throw new IllegalArgumentException("operation " + operation);
      }
    }
  }

  /**
   * Before {@code connect(2)} of a Unix-domain socket.
   *
   * @return null to connect to the path as given; else the {@link Path} that leads to the judged
   *     socket and what to pass to {@link #unixConnected}
   */
  public static Object[] unixConnect(Path path) throws IOException {
    Object judged;
    try {
      judged = decide(Operation.UNIX_CONNECT, new Object[] {absolute(path)});
    } catch (Exception e) {
      throw new ConnectException("appaware: denied because of an internal error: " + e);
    }
    if (judged instanceof String denial) {
      throw new ConnectException(denial);
    }
    return (Object[]) judged;
  }

  /**
   * After {@code connect(2)} to what {@link #unixConnect} returned, whether it failed or not.
   *
   * @throws ConnectException when another socket was reached; the caller closes this one
   */
  public static void unixConnected(Object[] judged, boolean connected) throws IOException {
    String denial = ask(Operation.UNIX_CONNECTED, judged[1], connected);
    if (denial != null) {
      throw new ConnectException(denial);
    }
  }

  /** Before {@code bind(2)} of a Unix-domain socket. */
  public static void unixBind(Path path) throws IOException {
    String denial = ask(Operation.UNIX_BIND, absolute(path));
    if (denial != null) {
      throw new BindException(denial);
    }
  }

  /** Before {@code listen(2)} of a bound Unix-domain socket. */
  public static void unixListen(UnixDomainSocketAddress local) throws IOException {
    String denial = ask(Operation.UNIX_LISTEN, absolute(local.getPath()));
    if (denial != null) {
      throw new BindException(denial);
    }
  }

  /** Not {@code toAbsolutePath}, for which a program must be allowed to know its directory. */
  static String absolute(Path path) {
    return path.toString().isEmpty() || path.isAbsolute()
        ? path.toString()
        : Path.of(JdkStubs.StaticProperty.userDir()).resolve(path).toString();
  }

  /**
   * On entry of the look-up, in place of the JDK's own question to the program's security manager,
   * which comes first: what it forbids is no event.
   *
   * @param check whether the JDK would ask it
   * @return whether it still is to: no
   */
  @SuppressWarnings("removal") // called on JDKs with managers only
  public static boolean lookUp(String host, boolean check) throws UnknownHostException {
    if (check && !NO_NAME.equals(host)) {
      SecurityManager manager = System.getSecurityManager();
      if (manager != null) {
        manager.checkConnect(host, -1);
      }
    }
    lookUp(host);
    return false;
  }

  /** On entry of the look-up, before the JDK's cache, so that it does not cache a denial. */
  public static void lookUp(String host) throws UnknownHostException {
    if (host == null) {
      return;
    }
    String denial = ask(Operation.RESOLVE, host);
    if (denial != null) {
      throw new UnknownHostException(denial);
    }
    CHECKED_LOOK_UP.set(host);
  }

  /**
   * On entry of a method that rejects unresolved addresses: throws the denial of the look-up, which
   * {@link InetSocketAddress} swallowed.
   */
  public static void unresolved(SocketAddress address) throws UnknownHostException {
    if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
      String denial = ask(Operation.UNRESOLVED, inet.getHostString());
      if (denial != null) {
        throw new UnknownHostException(denial);
      }
    }
  }

  /** The same for a method that declares no checked exception. */
  public static void unresolvedUnchecked(SocketAddress address) {
    try {
      unresolved(address);
    } catch (UnknownHostException e) {
      UnresolvedAddressException failure = new UnresolvedAddressException();
      failure.initCause(e);
      throw failure;
    }
  }

  /** On every exit of that look-up. */
  public static void lookedUp() {
    CHECKED_LOOK_UP.remove();
  }

  /** On entry of the query itself: checks it unless {@link #lookUp} on the same thread did. */
  public static void query(String host) throws UnknownHostException {
    if (host == null || host.equals(CHECKED_LOOK_UP.get())) {
      return;
    }
    String denial = ask(Operation.RESOLVE, host);
    if (denial != null) {
      throw new UnknownHostException(denial);
    }
  }

  /**
   * Before a reverse query.
   *
   * @return null to proceed, or the text that the application gets as the name: the address, as
   *     from the JDK when there is no name
   */
  public static String reverse(InetAddress address) {
    String text = address.getHostAddress();
    if (ask(Operation.REVERSE, address) != null) {
      return text;
    }
    CHECKED_LOOK_UP.set(text);
    return null;
  }

  /**
   * On entry of the reverse query itself: checks it unless {@link #reverse} on the same thread did.
   */
  public static void reverseQuery(byte[] raw) throws UnknownHostException {
    if (raw == null || (raw.length != 4 && raw.length != 16)) {
      return; // the JDK rejects it with its own message
    }
    InetAddress address = InetAddress.getByAddress(raw);
    if (!address.getHostAddress().equals(CHECKED_LOOK_UP.get())) {
      String denial = ask(Operation.REVERSE, address);
      if (denial != null) {
        throw new UnknownHostException(denial);
      }
    }
  }

  /** After the JDK's own resolver answered. */
  public static void resolved(String host, InetAddress[] found) {
    if (host != null && found != null) {
      ask(Operation.RESOLVED, host, found);
    }
  }

  /** After the JDK read a file of hosts. */
  public static void resolved(String host, InetAddress[] found, String file) {
    if (host != null && found != null) {
      ask(Operation.RESOLVED, host, found, file);
    }
  }

  /** Before code other than the JDK looks up a name by itself. */
  public static void lookUpElsewhere(String host) throws UnknownHostException {
    String denial = host == null ? null : ask(Operation.LOOK_UP, host);
    if (denial != null) {
      throw new UnknownHostException(denial);
    }
  }

  /** After code other than the JDK's own resolver found addresses. */
  public static void found(String host, InetAddress[] found) {
    if (host != null && found != null) {
      ask(Operation.FOUND, host, found);
    }
  }

  /** The same for a resolver that returns a stream. */
  public static Stream<InetAddress> resolved(String host, Stream<InetAddress> found, String file) {
    if (found == null) {
      return null;
    }
    // No method reference: linking one inside java.base this early costs milliseconds.
    Object[] objects = found.toArray();
    InetAddress[] all = Arrays.copyOf(objects, objects.length, InetAddress[].class);
    resolved(host, all, file);
    return Arrays.stream(all);
  }

  /**
   * Before a process starts.
   *
   * @return the command and environment to start it with, and what {@link #started} gets, or null
   * @throws IOException when the child is denied, or can't be given the agent
   */
  public static Object[] child(String[] command, Map<String, String> environment, String directory)
      throws IOException {
    Object result;
    try {
      result = decide(Operation.CHILD, new Object[] {command, environment, directory});
    } catch (Exception e) {
      throw new IOException("appaware: can't start a process: internal error: " + e, e);
    }
    if (result instanceof String denial) {
      throw new IOException(denial);
    }
    return (Object[]) result;
  }

  /**
   * After a process was started.
   *
   * @param program what it must be running
   * @throws IOException if it ran something else, and was killed
   */
  public static void started(Process process, Object program) throws IOException {
    String denial = ask(Operation.STARTED, process, program);
    if (denial != null) {
      process.destroyForcibly();
      throw new IOException(denial);
    }
  }

  /** Before a native library is loaded for a class. */
  public static void library(String path, Class<?> from) {
    String denial = ask(Operation.LIBRARY, path, from);
    if (denial != null) {
      throw new UnsatisfiedLinkError(denial);
    }
  }

  /** The same for {@code SymbolLookup.libraryLookup}, which throws another exception. */
  public static void rawLibrary(String path) {
    String denial = ask(Operation.LIBRARY, path, null);
    if (denial != null) {
      throw new IllegalArgumentException(denial);
    }
  }

  /** Whether the desktop's library may be loaded that knows the system's proxies. */
  public static boolean systemProxies(String library) {
    return ask(Operation.LIBRARY, library, null) == null;
  }

  /**
   * Before a native function becomes a method handle, or native memory a segment.
   *
   * @param caller the calling class, as the JDK determines it; null if it does not
   */
  public static void foreign(Class<?> caller) {
    String denial = ask(Operation.FOREIGN, caller);
    if (denial != null) {
      throw new IllegalCallerException(denial);
    }
  }
}
