package io.github.appaware.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.NativeTransports;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weaves the real classes of the libraries; end-to-end tests check that they then work. */
class TransportWeaverTest {
  private static final String BRIDGE = NativeTransportBridge.WOVEN_NAME.replace('.', '/');

  @ParameterizedTest
  @CsvSource({
    "io/netty/channel/unix/Socket, 15",
    "io/netty/channel/epoll/LinuxSocket, 4",
    "io/netty/channel/epoll/Native, 5",
    "io/netty/channel/kqueue/BsdSocket, 2",
    "io/netty/channel/uring/LinuxSocket, 2",
    "io/netty/channel/uring/AbstractIoUringChannel, 2",
    "io/netty/channel/uring/IoUringServerSocketChannel, 1",
    "io/netty/channel/uring/IoUringServerDomainSocketChannel, 1",
    "io/netty/channel/uring/MsgHdrMemory, 1",
    "io/netty/resolver/dns/DnsNameResolver, 8",
    "io/netty/resolver/dns/DnsAddressDecoder, 3",
    "org/newsclub/net/unix/NativeUnixSocket, 5",
    "org/apache/tomcat/jni/Socket, 7",
  })
  void eachWayOfALibraryIsHookedInAFormThatIsKnown(String name, int count) throws IOException {
    byte[] woven = TransportWeaver.weave(NativeTransports.suffix(name), bytes(name));

    List<String> calls = calls(woven);
    assertThat(calls).hasSize(count).noneMatch(call -> call.contains("unknown"));
  }

  @Test
  void aNativeMethodIsReachedUnderAnotherNameOnly() throws IOException {
    byte[] original = bytes("io/netty/channel/unix/Socket");
    byte[] woven = TransportWeaver.weave(NativeTransports.NETTY_SOCKET, original);

    assertThat(natives(original)).contains("connect", "listen", "accept", "recvFrom");
    assertThat(natives(woven))
        .contains("appaware$connect", "appaware$listen", "appaware$accept", "appaware$recvFrom")
        .doesNotContain("connect", "listen", "accept", "recvFrom");
  }

  @Test
  void aCopyInAnotherPackageIsWovenLikeTheOriginal() throws IOException {
    byte[] copy = copied(bytes("io/netty/channel/epoll/Native"));

    assertThat(calls(TransportWeaver.weave(NativeTransports.NETTY_EPOLL, copy)))
        .containsExactly(
            "sendmmsg0 sendAll",
            "recvmmsg0 capacity",
            "recvmmsg0 receivedAll",
            "recvmsg0 capacity",
            "recvmsg0 receivedOne");
  }

  @Test
  void aNativeMethodOfUnknownFormFailsWhenItIsCalled() {
    byte[] strange =
        new ByteBuddy()
            .subclass(Object.class)
            .name("io.netty.channel.unix.Socket")
            .defineMethod("connect", int.class, Ownership.STATIC)
            .withParameters(String.class)
            .withoutCode()
            .visit(
                new net.bytebuddy.asm.ModifierAdjustment()
                    .withMethodModifiers(
                        net.bytebuddy.matcher.ElementMatchers.named("connect"),
                        net.bytebuddy.description.modifier.MethodManifestation.NATIVE))
            .make()
            .getBytes();

    assertThat(calls(TransportWeaver.weave(NativeTransports.NETTY_SOCKET, strange)))
        .containsExactly("connect unknown");
  }

  @Test
  void aClassThatHasButTheNameIsLeftAsItIs() {
    byte[] other =
        new ByteBuddy()
            .subclass(Object.class)
            .name("io.netty.channel.unix.Socket")
            .make()
            .getBytes();

    assertThat(TransportWeaver.weave(NativeTransports.NETTY_SOCKET, other)).isNull();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        TransportWeaverTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  private static byte[] copied(byte[] original) {
    ClassWriter writer = new ClassWriter(0);
    OpenedClassReader.of(original)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper(OpenedClassReader.ASM_API) {
                  @Override
                  public String map(String name) {
                    return name.startsWith("io/netty/") ? "com/acme/copy/" + name : name;
                  }
                }),
            0);
    return writer.toByteArray();
  }

  /** The hooks: each hooked method, and the bridge's method that it calls. */
  private static List<String> calls(byte[] classFile) {
    List<String> calls = new ArrayList<>();
    visit(classFile, calls, new LinkedHashSet<>());
    return calls;
  }

  private static Set<String> natives(byte[] classFile) {
    Set<String> natives = new LinkedHashSet<>();
    visit(classFile, new ArrayList<>(), natives);
    return natives;
  }

  private static void visit(byte[] classFile, List<String> calls, Set<String> natives) {
    OpenedClassReader.of(classFile)
        .accept(
            new ClassVisitor(OpenedClassReader.ASM_API) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String type, String signature, String[] exceptions) {
                if ((access & Opcodes.ACC_NATIVE) != 0) {
                  natives.add(method);
                }
                return new MethodVisitor(OpenedClassReader.ASM_API) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String descriptor, boolean face) {
                    if (owner.equals(BRIDGE)) {
                      calls.add(method + " " + name);
                    }
                  }
                };
              }
            },
            ClassReader.SKIP_DEBUG);
  }
}
