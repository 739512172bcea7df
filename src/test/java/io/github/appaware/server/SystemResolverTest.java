package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemResolverTest {
  @TempDir Path directory;

  private static Event event(EventKind kind, Protocol protocol, String address, int port)
      throws Exception {
    Address at = Address.of(InetAddress.getByName(address).getAddress());
    return new Event.Inet(kind, protocol, at, port);
  }

  private SystemResolver with(String content) throws Exception {
    return new SystemResolver(Files.writeString(directory.resolve("resolv.conf"), content));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, UDP, 192.0.2.1, 53, true",
    "CONNECT, TCP, 192.0.2.1, 53, true",
    "SEND, UDP, 2001:db8::1, 53, true",
    "SEND, UDP, fe80::1, 53, true",
    "BIND, UDP, 192.0.2.1, 53, false",
    "CONNECT, UDP, 192.0.2.1, 54, false",
    "CONNECT, UDP, 192.0.2.2, 53, false",
    "CONNECT, UDP, 127.0.0.1, 53, false",
  })
  void theNameServersOfTheFileAreItsOwn(
      EventKind kind, Protocol protocol, String address, int port, boolean used) throws Exception {
    SystemResolver resolver =
        with(
            """
            # nameserver 192.0.2.2
            nameserver 192.0.2.1
             nameserver\t2001:db8::1
            nameserver fe80::1%eth0
            nameserver example.com
            search 192.0.2.2
            """);

    assertThat(resolver.isUsed(event(kind, protocol, address, port))).isEqualTo(used);
  }

  @Test
  void withoutOneItIsThisMachine() throws Exception {
    Event local = event(EventKind.CONNECT, Protocol.UDP, "127.0.0.1", 53);

    assertThat(with("options edns0\n").isUsed(local)).isTrue();
    assertThat(new SystemResolver(directory.resolve("absent")).isUsed(local)).isTrue();
  }

  @Test
  void aChangeOfTheFileCounts() throws Exception {
    SystemResolver resolver = with("nameserver 192.0.2.1\n");
    Event second = event(EventKind.CONNECT, Protocol.UDP, "192.0.2.2", 53);
    assertThat(resolver.isUsed(second)).isFalse();

    Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver 192.0.2.2\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

    assertThat(resolver.isUsed(second)).isTrue();
  }
}
