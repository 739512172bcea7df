package io.github.appaware.target;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tries to reach 127.0.0.6 under the name of 127.0.0.5, which alone is allowed, by what a library
 * may say of itself and by name servers that are none.
 */
public final class NameAttacks {
  private static final String NAME = "api.example";
  private static final byte[] VICTIM = {127, 0, 0, 6};
  private static final InetSocketAddress SYSTEM = new InetSocketAddress("127.0.0.1", 53);
  private static final int RACES = 60;

  private NameAttacks() {}

  private interface Attack {
    InetAddress victim() throws Exception;
  }

  /** A port at the victim. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    tell("the label", port, NameAttacks::label);
    tell("the library's class", port, NameAttacks::decoder);
    tell("the hook of libraries", port, NameAttacks::hook);
    tell(
        "a server on another address",
        port,
        () -> ownServer(new InetSocketAddress("127.0.0.2", 53)));
    tell(
        "a server on another port",
        port,
        () -> ownServer(new InetSocketAddress("127.0.0.1", 5300)));
    tell("the library with a server of its own", port, NameAttacks::libraryWithOwnServer);
    tell("an answer from elsewhere", port, NameAttacks::answerFromElsewhere);
    tell("a buffer that is changed while it is read", port, NameAttacks::readRace);
    NameAttacksByLibraries libraries = new NameAttacksByLibraries(NAME, VICTIM);
    tell("a decoder of the library's name", port, libraries::fakeDecoder);
    tell("a resolver of the library's name", port, libraries::fakeResolver);
    tell("the same for many addresses", port, libraries::fakeResolverOfMany);
    tell("the library with a hosts file of its own", port, libraries::hostsFile);
    tell("the library with what is in its cache", port, libraries::cache);
    tell("an object that was read", port, libraries::deserialized);
    tell("JNDI with a server of its own", port, () -> jndi(libraries));
    tell("an answer for another name", port, NameAttacks::answerForAnotherName);
    tell("a denied name with escapes", port, () -> InetAddress.getByName("secr\\101t.other.test"));
    writeRace();
    System.exit(0);
  }

  private static void tell(String what, int port, Attack attack) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(attack.victim(), port), 10_000);
      System.out.println(what + ": REACHED");
    } catch (Exception e) {
      System.out.println(what + ": " + e);
    }
  }

  private static InetAddress label() throws IOException {
    return InetAddress.getByAddress(NAME, VICTIM);
  }

  private static InetAddress decoder() throws Exception {
    Method decode =
        Class.forName("io.netty.resolver.dns.DnsAddressDecoder")
            .getDeclaredMethod("decodeAddress", DnsRecord.class, String.class, boolean.class);
    decode.setAccessible(true);
    DnsRecord record =
        new DefaultDnsRawRecord(NAME, DnsRecordType.A, 60, Unpooled.wrappedBuffer(VICTIM));
    return (InetAddress) decode.invoke(null, record, NAME, false);
  }

  private static InetAddress hook() throws Exception {
    Class<?> hooks = Class.forName("java.nio.channels.AppawareNativeTransports", true, null);
    InetAddress victim = InetAddress.getByAddress(VICTIM);
    hooks.getMethod("lookUp", String.class).invoke(null, NAME);
    hooks.getMethod("found", Object.class, String.class).invoke(null, victim, NAME);
    hooks
        .getMethod("destination", java.net.SocketAddress.class)
        .invoke(null, new InetSocketAddress(InetAddress.getByName(NAME), 80));
    try {
      // As a native transport would connect: a socket that is none of its business.
      hooks.getMethod("connect", int.class, byte[].class, int.class).invoke(null, 0, VICTIM, 8080);
      System.out.println("the hook let it through");
    } catch (InvocationTargetException e) {
      // Denied, or no socket.
    }
    return victim;
  }

  /** The answer to any question: the victim. */
  private static byte[] lie(byte[] query) {
    int length = 12;
    while (query[length] != 0) {
      length += query[length] + 1;
    }
    length += 5;
    byte[] answer = Arrays.copyOf(query, length + 16);
    answer[2] = (byte) 0x81;
    answer[3] = (byte) 0x80;
    answer[7] = 1;
    answer[9] = 0;
    answer[11] = 0;
    byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 6};
    System.arraycopy(record, 0, answer, length, record.length);
    return answer;
  }

  private static void serve(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        byte[] lie = lie(packet.getData());
        socket.send(new DatagramPacket(lie, lie.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void serving(DatagramSocket socket) {
    Thread thread = new Thread(() -> serve(socket));
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] query(String name) {
    ByteBuffer out = ByteBuffer.allocate(300);
    out.put(new byte[] {9, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.", -1)) {
      out.put((byte) label.length())
          .put(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    out.put(new byte[] {0, 0, 1, 0, 1});
    return Arrays.copyOf(out.array(), out.position());
  }

  private static InetAddress ownServer(InetSocketAddress at) throws Exception {
    try (DatagramSocket server = new DatagramSocket(at);
        DatagramChannel channel = DatagramChannel.open()) {
      serving(server);
      channel.send(ByteBuffer.wrap(query(NAME)), at);
      channel.socket().setSoTimeout(10_000);
      ByteBuffer answer = ByteBuffer.allocate(512);
      channel.receive(answer);
      return InetAddress.getByAddress(
          Arrays.copyOfRange(answer.array(), answer.position() - 4, answer.position()));
    }
  }

  private static InetAddress jndi(NameAttacksByLibraries libraries) throws Exception {
    InetSocketAddress at = new InetSocketAddress("127.0.0.1", 5302);
    try (DatagramSocket server = new DatagramSocket(at)) {
      serving(server);
      return libraries.jndi("127.0.0.1:5302");
    }
  }

  /** The owner of a zone has the system's server say so. */
  private static InetAddress answerForAnotherName() throws Exception {
    byte[] query = query("liar.other.test");
    try (DatagramSocket asking = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      asking.setSoTimeout(10_000);
      asking.send(new DatagramPacket(query, query.length, SYSTEM));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      asking.receive(answer);
      byte[] address =
          Arrays.copyOfRange(answer.getData(), answer.getLength() - 4, answer.getLength());
      return InetAddress.getByAddress(address);
    }
  }

  private static InetAddress libraryWithOwnServer() throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    InetSocketAddress at = new InetSocketAddress("127.0.0.1", 5301);
    try (DatagramSocket server = new DatagramSocket(at);
        DnsNameResolver resolver =
            new DnsNameResolverBuilder(group.next())
                .datagramChannelType(NioDatagramChannel.class)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(at))
                .build()) {
      serving(server);
      InetAddress found = resolver.resolve(NAME).get(20, TimeUnit.SECONDS);
      System.out.println("it found " + found.getHostAddress());
      return found;
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static InetAddress answerFromElsewhere() throws Exception {
    try (DatagramSocket asking = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      byte[] query = query(NAME);
      byte[] lie = lie(query);
      asking.setSoTimeout(10_000);
      asking.send(new DatagramPacket(query, query.length, SYSTEM));
      other.send(new DatagramPacket(lie, lie.length, asking.getLocalSocketAddress()));
      for (int i = 0; i < 2; i++) {
        asking.receive(new DatagramPacket(new byte[512], 512));
      }
    }
    return InetAddress.getByAddress(VICTIM);
  }

  private static InetAddress readRace() throws Exception {
    byte[] query = query(NAME);
    ByteBuffer shared = ByteBuffer.allocateDirect(512);
    AtomicBoolean over = new AtomicBoolean();
    int last = query.length + 15;
    Thread changing =
        new Thread(
            () -> {
              while (!over.get()) {
                shared.put(last, (byte) 6);
              }
            });
    changing.start();
    for (int i = 0; i < RACES; i++) {
      try (DatagramChannel channel = DatagramChannel.open()) {
        channel.connect(SYSTEM);
        channel.write(ByteBuffer.wrap(query));
        ByteBuffer into = shared.duplicate().clear();
        if (i % 2 == 0) {
          channel.read(into);
        } else {
          channel.receive(into);
        }
      }
    }
    over.set(true);
    changing.join();
    return InetAddress.getByAddress(VICTIM);
  }

  /** The name server says which names it was asked for. */
  private static void writeRace() throws Exception {
    byte[] query = query(NAME);
    ByteBuffer shared = ByteBuffer.allocateDirect(query.length);
    shared.put(0, query);
    AtomicBoolean over = new AtomicBoolean();
    Thread changing =
        new Thread(
            () -> {
              for (int i = 0; !over.get(); i++) {
                shared.put(13, (byte) (i % 2 == 0 ? 'a' : 'x'));
              }
            });
    changing.start();
    for (int i = 0; i < RACES; i++) {
      try (DatagramChannel channel = DatagramChannel.open()) {
        channel.send(shared.duplicate().clear(), SYSTEM);
        channel.connect(SYSTEM);
        channel.write(shared.duplicate().clear());
      } catch (IOException e) {
        // Denied.
      }
    }
    over.set(true);
    changing.join();
    System.out.println("a buffer that is changed while it is written: over");
  }
}
