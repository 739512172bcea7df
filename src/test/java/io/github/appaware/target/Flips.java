package io.github.appaware.target;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connects over and over to an allowed Unix-domain socket, while another thread has the path lead
 * now to it, now to another one. Prints whether it was allowed and denied, and how often it was
 * denied although the path had been allowed.
 */
public final class Flips {
  /** A millisecond in nanoseconds, in which several connects begin. */
  private static final int MOMENT = 1_000_000;

  /** The ways to lead a path astray. */
  public static final List<String> WAYS = List.of("link", "directory-link", "directories", "name");

  private static int allowed;
  private static int denied;
  private static int changed;
  private static String fault = "";

  private Flips() {}

  /** One way to have a path lead elsewhere. */
  private interface Flip {
    void run(boolean astray) throws IOException;
  }

  /**
   * Arguments: how often, a directory, and a port. For each way it has a directory with the allowed
   * socket {@code good/s}, the other one {@code other/s}, and an empty directory {@code links}.
   */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    for (String way : WAYS) {
      allowed = 0;
      denied = 0;
      Path here = Path.of(arguments[1]).resolve(way);
      astray(way, times, here.resolve("good/s"), here.resolve("other/s"), here.resolve("links"));
      System.out.println(way + ": allowed " + (allowed > 0) + ", denied " + (denied > 0) + fault);
    }
    addresses(times, Integer.parseInt(arguments[2]));
    System.out.println("denied after an allowance: " + changed);
    System.exit(0);
  }

  /**
   * Connects to one object that is now 127.0.0.5, now 127.0.0.1: the JDK lets anyone call the
   * {@code readObject} of a class again.
   */
  private static void addresses(int times, int port) throws Exception {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 5});
    Thread thread = new Thread(() -> AddressStream.flip(address, 0x7f000001, 0x7f000005));
    thread.setDaemon(true);
    thread.start();
    boolean refused = false;
    boolean forbidden = false;
    boolean connected = false;
    for (int i = 0; i < times; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port));
        connected = true;
      } catch (IOException e) {
        boolean judged = e.getMessage().startsWith("appaware: ");
        forbidden |= judged;
        refused |= !judged;
      }
    }
    System.out.println("address: " + refused + " " + forbidden + " " + connected);
  }

  /**
   * A socket that has just been moved is denied after some time only, so the way `name` tries less
   * often and gives the path time to settle.
   */
  private static void astray(String way, int times, Path good, Path other, Path links)
      throws Exception {
    Path parent = good.getParent();
    switch (way) {
      case "link" ->
          connect(
              links.resolve("l"), times, astray -> link(links, "l", astray ? other : good), MOMENT);
      case "directory-link" ->
          connect(
              links.resolve("d/s"),
              times,
              astray -> link(links, "d", astray ? other.getParent() : parent),
              MOMENT);
      case "directories" -> connect(good, times, astray -> swap(parent, other, astray), MOMENT);
      case "name" -> connect(good, times / 40, astray -> swap(good, other, astray), 60 * MOMENT);
      default -> throw new IllegalArgumentException(way);
    }
  }

  private static void link(Path links, String name, Path target) throws IOException {
    Path made = links.resolve("new");
    Files.deleteIfExists(made);
    Files.createSymbolicLink(made, target);
    Files.move(made, links.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The real thing is moved aside and a link put in its place; or the other way round. */
  private static void swap(Path real, Path other, boolean astray) throws IOException {
    Path aside = real.resolveSibling("aside");
    if (astray) {
      Files.move(real, aside, StandardCopyOption.ATOMIC_MOVE);
      Files.createSymbolicLink(real, Files.isDirectory(aside) ? other.getParent() : other);
    } else if (Files.exists(aside)) {
      Files.deleteIfExists(real);
      Files.move(aside, real, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void connect(Path path, int times, Flip flip, int longest) throws Exception {
    flip.run(false);
    AtomicBoolean over = new AtomicBoolean();
    Thread flipping =
        new Thread(
            () -> {
              try {
                for (int i = 0; !over.get(); i++) {
                  flip.run(i % 2 == 0);
                  pause(i, longest);
                }
              } catch (IOException e) {
                System.out.println("no more flips: " + e);
              }
            });
    flipping.setDaemon(true);
    flipping.start();
    for (int i = 0; i < times || (allowed == 0 && i < 100 * times); i++) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        channel.write(ByteBuffer.wrap(new byte[] {1}));
        allowed++;
      } catch (IOException e) {
        count(String.valueOf(e.getMessage()));
      }
    }
    over.set(true);
    flipping.join();
  }

  /** Of a length that varies, to meet each moment of a connect. */
  private static void pause(int i, int longest) {
    long end = System.nanoTime() + (i * 7_919_111L) % longest;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void count(String message) {
    if (message.startsWith("appaware: ")) {
      denied++;
      changed += message.endsWith(" because the path changed after it was judged") ? 1 : 0;
    } else if (!message.contains("No such file") && !message.contains("Connection refused")) {
      fault = ", " + message; // neither allowed nor denied: a fault
    }
  }

  /** What an IPv4 address reads of itself when it is deserialized. */
  private static final class AddressStream extends ObjectInputStream {
    private static final int IPV4 = 1;

    private final int address;

    private AddressStream(int address) throws IOException {
      this.address = address;
    }

    /** Makes the object now one address, now the other, for as long as the JVM runs. */
    static void flip(InetAddress object, int one, int other) {
      try {
        Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
        Object factory = type.getMethod("getReflectionFactory").invoke(null);
        MethodHandle read =
            (MethodHandle)
                type.getMethod("readObjectForSerialization", Class.class)
                    .invoke(factory, InetAddress.class);
        ObjectInputStream[] streams = {new AddressStream(one), new AddressStream(other)};
        for (int i = 0; ; i++) {
          read.invoke(object, streams[i % streams.length]);
        }
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public GetField readFields() {
      return new Fields();
    }

    private final class Fields extends GetField {
      @Override
      public int get(String name, int value) {
        return switch (name) {
          case "address" -> address;
          case "family" -> IPV4;
          default -> value;
        };
      }

      @Override
      public Object get(String name, Object value) {
        return value;
      }

      @Override
      public ObjectStreamClass getObjectStreamClass() {
        return null;
      }

      @Override
      public boolean defaulted(String name) {
        return false;
      }

      @Override
      public boolean get(String name, boolean value) {
        return value;
      }

      @Override
      public byte get(String name, byte value) {
        return value;
      }

      @Override
      public char get(String name, char value) {
        return value;
      }

      @Override
      public short get(String name, short value) {
        return value;
      }

      @Override
      public long get(String name, long value) {
        return value;
      }

      @Override
      public float get(String name, float value) {
        return value;
      }

      @Override
      public double get(String name, double value) {
        return value;
      }
    }
  }
}
