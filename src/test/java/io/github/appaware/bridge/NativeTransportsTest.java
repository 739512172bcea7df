package io.github.appaware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTransportsTest {
  @ParameterizedTest
  @CsvSource({
    "io/netty/channel/unix/Socket, netty/channel/unix/Socket",
    "io/grpc/netty/shaded/io/netty/channel/unix/Socket, netty/channel/unix/Socket",
    "netty/channel/unix/Socket, netty/channel/unix/Socket",
    "io/netty/channel/epoll/Native, netty/channel/epoll/Native",
    "io/netty/channel/uring/LinuxSocket, channel/uring/LinuxSocket",
    "io/netty/incubator/channel/uring/LinuxSocket, channel/uring/LinuxSocket",
    "org/newsclub/net/unix/NativeUnixSocket, newsclub/net/unix/NativeUnixSocket",
    "org/apache/tomcat/jni/Socket, apache/tomcat/jni/Socket",
    "software/amazon/awssdk/http/nio/netty/internal/Http1TunnelConnectionPool,"
        + " http/nio/netty/internal/Http1TunnelConnectionPool",
    "sun/tools/attach/HotSpotVirtualMachine, sun/tools/attach/HotSpotVirtualMachine",
    "jdk/internal/foreign/abi/x64/sysv/SysVx64Linker, jdk/internal/foreign/abi/",
  })
  void aClassIsKnownByTheEndOfItsNameInWhateverPackage(String name, String suffix) {
    assertThat(NativeTransports.suffix(name)).isEqualTo(suffix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "java/net/Socket",
        "io/mynetty/channel/unix/Socket",
        "io/netty/channel/unix/Socket$1",
        "io/netty/channel/unix/DomainSocket",
        "com/acme/Native",
        "com/acme/foreign/abi/Linker",
      })
  void noOtherClassIs(String name) {
    assertThat(NativeTransports.suffix(name)).isNull();
  }
}
