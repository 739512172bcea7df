package io.github.appaware.guard;

import static io.github.appaware.guard.SocketName.AF_INET;
import static io.github.appaware.guard.SocketName.AF_INET6;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketNameTest {
  private static SocketName name(int family, String address, int port) throws IOException {
    byte[] raw = InetAddress.getByName(address).getAddress();
    if (family == AF_INET6 && raw.length == 4) { // Java has no mapped addresses
      byte[] mapped = new byte[16];
      mapped[10] = -1;
      mapped[11] = -1;
      System.arraycopy(raw, 0, mapped, 12, 4);
      raw = mapped;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(raw.length == 4 ? 16 : 28).order(ByteOrder.nativeOrder());
    bytes.putShort(0, (short) family).put(2, (byte) (port >> 8)).put(3, (byte) port);
    bytes.put(raw.length == 4 ? 4 : 8, raw);
    return new SocketName(bytes.array());
  }

  private static SocketName local(String path) {
    byte[] raw = path.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(2 + raw.length).order(ByteOrder.nativeOrder());
    return new SocketName(bytes.putShort(0, (short) 1).put(2, raw).array());
  }

  private static String event(SocketName name, EventKind kind, int domain) {
    return name.event(kind, Protocol.TCP, domain).map(Event::describe).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 192.0.2.7, 443, connect tcp to 192.0.2.7:443",
    "10, 2001:db8::7, 65535, connect tcp to [2001:db8::7]:65535",
    "10, 192.0.2.7, 443, connect tcp to 192.0.2.7:443",
    "2, 0.0.0.0, 80, connect tcp to 127.0.0.1:80",
    "10, ::, 80, connect tcp to [::1]:80",
    "10, 0.0.0.0, 80, connect tcp to 127.0.0.1:80",
  })
  void theFarEndIsWhatTheKernelWouldReach(int family, String address, int port, String event)
      throws IOException {
    assertThat(event(name(family, address, port), EventKind.CONNECT, family)).isEqualTo(event);
  }

  @Test
  void anyPortOfEveryAddressIsNoEvent() throws IOException {
    assertThat(event(name(AF_INET, "0.0.0.0", 0), EventKind.BIND, AF_INET)).isEqualTo("none");
    assertThat(event(name(AF_INET6, "::", 0), EventKind.BIND, AF_INET6)).isEqualTo("none");
    assertThat(event(name(AF_INET, "0.0.0.0", 80), EventKind.BIND, AF_INET))
        .isEqualTo("bind tcp to 0.0.0.0:80");
    assertThat(event(name(AF_INET, "127.0.0.1", 0), EventKind.BIND, AF_INET))
        .isEqualTo("bind tcp to 127.0.0.1:0");
    assertThat(event(name(AF_INET6, "::", 0), EventKind.LISTEN, AF_INET6))
        .isEqualTo("listen tcp on 0.0.0.0:0");
  }

  /** Connecting to it takes a connection back; to bind and to send it is an address of IPv4. */
  @Test
  void noFamilyMeansWhatTheCallMakesOfIt() throws IOException {
    SocketName name = name(0, "192.0.2.7", 53);

    assertThat(event(name, EventKind.CONNECT, AF_INET)).isEqualTo("none");
    assertThat(event(name, EventKind.SEND, AF_INET)).isEqualTo("send tcp to 192.0.2.7:53");
    assertThat(event(name, EventKind.BIND, AF_INET)).isEqualTo("bind tcp to 192.0.2.7:53");
    assertThat(event(name, EventKind.SEND, AF_INET6)).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 8, 15})
  void whatIsTooShortIsNoAddress(int length) throws IOException {
    byte[] bytes = Arrays.copyOf(name(AF_INET, "192.0.2.7", 53).bytes(), length);

    assertThat(event(new SocketName(bytes), EventKind.CONNECT, AF_INET)).isEqualTo("none");
  }

  @Test
  void anAddressOfIpv6NeedsNoScope() throws IOException {
    byte[] whole = name(AF_INET6, "2001:db8::7", 53).bytes();

    assertThat(event(new SocketName(Arrays.copyOf(whole, 24)), EventKind.SEND, AF_INET6))
        .isEqualTo("send tcp to [2001:db8::7]:53");
    assertThat(event(new SocketName(Arrays.copyOf(whole, 23)), EventKind.SEND, AF_INET6))
        .isEqualTo("none");
  }

  @Test
  void anotherFamilyIsNoAddress() throws IOException {
    assertThat(event(name(77, "192.0.2.7", 53), EventKind.CONNECT, AF_INET)).isEqualTo("none");
  }

  @Test
  void aPathEndsAtTheFirstZero() {
    assertThat(local("/run/x").isPath()).isTrue();
    assertThat(local("/run/x").path()).isEqualTo("/run/x");
    assertThat(local("/run/x\0/etc").path()).isEqualTo("/run/x");
    assertThat(local("relative").path()).isEqualTo("relative");
  }

  @Test
  void aNameThatBeginsWithZeroIsAbstract() {
    assertThat(local("\0bus").isAbstract()).isTrue();
    assertThat(local("\0bus").isPath()).isFalse();
    assertThat(local("\0bus").abstractName()).isEqualTo("@bus");
    assertThat(local("").isAbstract()).isFalse();
    assertThat(local("").isPath()).isFalse();
  }

  /** Longer than {@code struct sockaddr_un}: the kernel refuses it. */
  @Test
  void aPathThatIsTooLongIsNone() {
    assertThat(local("/" + "x".repeat(107)).isPath()).isTrue();
    assertThat(local("/" + "x".repeat(108)).isPath()).isFalse();
  }

  @Test
  void whichAddressesStayOnTheMachineIsKnown() throws IOException {
    assertThat(name(AF_INET, "127.9.9.9", 1).isLoopback()).isTrue();
    assertThat(name(AF_INET6, "::1", 1).isLoopback()).isTrue();
    assertThat(name(AF_INET6, "127.0.0.1", 1).isLoopback()).isTrue();
    assertThat(name(AF_INET, "192.0.2.7", 1).isLoopback()).isFalse();
    assertThat(Optional.of(name(AF_INET6, "192.0.2.7", 1)).get().isLoopback()).isFalse();
  }
}
