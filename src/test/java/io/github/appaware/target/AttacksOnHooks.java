package io.github.appaware.target;

import static io.github.appaware.target.Attacks.attempt;
import static io.github.appaware.target.Attacks.say;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The woven classes, the bridge, and how it came there. Also the second agent of the attacks. */
public final class AttacksOnHooks {
  /** The fields of the bridge that an attack would overwrite; a test compares them with it. */
  public static final List<String> BRIDGE_FIELDS =
      List.of(
          "CHECKER",
          "SPARE",
          "backtrace",
          "CHECKED_LOOK_UP",
          "REPAIR_TARGET",
          "PROPERTIES",
          "networked",
          "addressed",
          "halt",
          "fileMethods",
          "arguments");

  private static final String BRIDGE = "sun.nio.ch.AppawareBridge";
  private static Instrumentation instrumentation;

  private AttacksOnHooks() {}

  static Map<String, Attacks.Attack> all() {
    return Map.ofEntries(
        Map.entry("bridge-by-reflection", AttacksOnHooks::bridge),
        Map.entry("bridge-by-unsafe", AttacksOnHooks::unsafe),
        Map.entry("bridge-by-lookup", AttacksOnHooks::lookUp),
        Map.entry("checker-property", AttacksOnHooks::checkerProperty),
        Map.entry("lookup-property", AttacksOnHooks::lookupProperty),
        Map.entry("native-method", AttacksOnHooks::nativeMethod),
        Map.entry("reflected-socket", AttacksOnHooks::reflected),
        Map.entry("second-agent", AttacksOnHooks::secondAgent),
        Map.entry("security-manager", AttacksOnHooks::securityManager),
        Map.entry("own-socket", AttacksOnHooks::ownSocket),
        Map.entry("own-provider", () -> say(SelectorProvider.provider().getClass())),
        Map.entry("own-system-loader", () -> say(ClassLoader.getSystemClassLoader().getName())));
  }

  /** As an agent: its option is a port to try at once. */
  public static void premain(String options, Instrumentation given) {
    instrumentation = given;
    Attacks.port = Integer.parseInt(options);
    Attacks.connect();
  }

  private static void bridge() throws ClassNotFoundException {
    Class<?> bridge = Class.forName(BRIDGE);
    for (String name : BRIDGE_FIELDS) {
      attempt(
          () -> {
            Field field = bridge.getDeclaredField(name);
            field.setAccessible(true);
            field.set(null, null);
            say("connected: overwrote " + name);
          });
    }
    for (Method method : bridge.getDeclaredMethods()) {
      attempt(
          () -> {
            method.setAccessible(true);
            say("connected: opened " + method);
          });
    }
  }

  /** Unsafe writes wherever a {@link Field} leads, also into final ones. */
  private static void unsafe() throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field single = type.getDeclaredField("theUnsafe");
    single.setAccessible(true);
    Object unsafe = single.get(null);
    for (Field field : Class.forName(BRIDGE).getDeclaredFields()) {
      attempt(
          () -> {
            Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, field);
            Object at = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, field);
            BiFunction<Integer, Object[], Object> yes = (operation, arguments) -> null;
            type.getMethod("putObject", Object.class, long.class, Object.class)
                .invoke(unsafe, base, at, field.getName().equals("CHECKER") ? yes : null);
            say("wrote " + field);
          });
    }
    attempt(() -> say("found " + Class.forName(BRIDGE).getDeclaredField("CHECKER")));
  }

  private static void lookUp() throws Exception {
    MethodHandles.privateLookupIn(Class.forName(BRIDGE), MethodHandles.lookup());
    say("connected: looked into the bridge");
  }

  private static void checkerProperty() {
    BiFunction<Integer, Object[], Object> yes = (operation, arguments) -> null;
    System.getProperties().put("appaware.checker", yes);
  }

  private static void lookupProperty() throws Exception {
    Consumer<MethodHandles.Lookup> in = lookup -> say("connected: let in by " + lookup);
    System.getProperties().put("appaware.lookup", in);
    Class.forName("sun.nio.ch.IOStatus", true, null);
  }

  private static void nativeMethod() throws Exception {
    for (Method method : Class.forName("sun.nio.ch.Net").getDeclaredMethods()) {
      if (method.getName().equals("connect0")) {
        method.setAccessible(true);
        say("connected: opened " + method);
      }
    }
  }

  private static void reflected() throws Exception {
    attempt(
        () ->
            say(
                "connected "
                    + Socket.class
                        .getConstructor(InetAddress.class, int.class)
                        .newInstance(Attacks.LOOPBACK, Attacks.port)));
  }

  /** Puts the JDK's own class file back; started behind the first agent. */
  private static void secondAgent() throws Exception {
    Class<?> net = Class.forName("sun.nio.ch.Net");
    try (InputStream in = net.getResourceAsStream("Net.class")) {
      byte[] original = in.readAllBytes();
      attempt(() -> instrumentation.retransformClasses(net));
      Attacks.connect();
      attempt(() -> instrumentation.redefineClasses(new ClassDefinition(net, original)));
      Attacks.connect();
    }
  }

  /** An implementation of the application's own, which has to go through the JDK's in the end. */
  @SuppressWarnings("deprecation") // it still works
  private static void ownSocket() throws Exception {
    Socket.setSocketImplFactory(OwnSocketImpl::new);
    attempt(() -> new Socket(Attacks.LOOPBACK, Attacks.port).close());
  }

  private static final class OwnSocketImpl extends SocketImpl {
    private SocketChannel channel;

    @Override
    protected void create(boolean stream) throws IOException {
      channel = SocketChannel.open();
    }

    @Override
    protected void connect(InetAddress far, int port) throws IOException {
      channel.connect(new InetSocketAddress(far, port));
    }

    @Override
    protected void connect(SocketAddress far, int timeout) throws IOException {
      channel.connect(far);
    }

    @Override
    protected void connect(String far, int port) throws IOException {
      channel.connect(new InetSocketAddress(far, port));
    }

    @Override
    protected void bind(InetAddress host, int port) {}

    @Override
    protected void listen(int backlog) {}

    @Override
    protected void accept(SocketImpl accepted) {}

    @Override
    protected InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    protected OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    protected int available() {
      return 0;
    }

    @Override
    protected void close() throws IOException {
      channel.close();
    }

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
      return 0;
    }
  }

  /** One that allows everything, where there still are any. */
  @SuppressWarnings("removal") // what is to be shown is that nothing depends on it
  private static void securityManager() {
    attempt(
        () ->
            System.setSecurityManager(
                new SecurityManager() {
                  @Override
                  public void checkPermission(java.security.Permission permission) {}
                }));
  }
}
