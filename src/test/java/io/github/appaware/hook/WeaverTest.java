package io.github.appaware.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.bridge.WovenClasses.Pair;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WeaverTest {
  @Parameter Jdk jdk;

  private WovenClasses woven;
  private List<Hook> rows;

  @BeforeEach
  void weave() throws IOException, WeavingException {
    woven = jdk.woven();
    rows = HookTable.of(JdkClasses.feature(jdk.home()));
  }

  @Test
  void everyClassOfTheTableIsWovenAndNoOther() {
    assertThat(rows).hasSizeGreaterThan(15);
    assertThat(woven.classes().keySet())
        .containsExactlyInAnyOrderElementsOf(
            new LinkedHashSet<>(rows.stream().map(Hook::internalName).toList()));
  }

  @Test
  void theOriginalsAreThoseOfThatJdk() throws IOException {
    try (JdkClasses classes = JdkClasses.open(jdk.home())) {
      for (Hook row : rows) {
        byte[] original = classes.bytes(row.internalName());
        assertThat(woven.get(row.internalName()).isOf(original)).as(row.type()).isTrue();
        original[original.length / 2]++;
        assertThat(woven.get(row.internalName()).isOf(original)).as(row.type()).isFalse();
      }
    }
  }

  @Test
  void exactlyTheMethodsOfTheTableAsk() {
    for (Hook row : rows) {
      Pair pair = woven.get(row.internalName());
      byte[] original = jdk.original(row.internalName());
      Set<String> expected = new LinkedHashSet<>();
      for (Hook own : rows) {
        if (own.type().equals(row.type()) && asks(own)) {
          expected.add(own.method() + descriptor(own, ClassFile.of(original)));
        }
      }
      assertThat(ClassFile.of(original).asking()).as(row.type()).isEmpty();
      assertThat(ClassFile.of(pair.woven()).asking())
          .as(row.type())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** The initializer that asks for the directory of sockets without a name only leaves that out. */
  private static boolean asks(Hook hook) {
    return !(hook.how() instanceof Hook.LateDirectory && hook.method().equals("<clinit>"));
  }

  private static String descriptor(Hook hook, ClassFile in) {
    return hook.descriptors().stream()
        .filter(each -> in.members().stream().anyMatch(m -> m.contains(hook.method() + each)))
        .findFirst()
        .orElseThrow();
  }

  /** Else the object, which can become another address, would be read again after the verdict. */
  @Test
  void whatWasJudgedTakesTheArgumentsPlace() {
    String sctp = "sun/nio/ch/sctp/SctpNet";
    List<String> methods =
        List.of("connect(ILjava/net/InetAddress;I)I", "bindx(I[Ljava/net/InetAddress;IZ)V");

    assertThat(replacingTheirSecondArgument(jdk.original(sctp)))
        .doesNotContainAnyElementsOf(methods);
    assertThat(replacingTheirSecondArgument(woven.get(sctp).woven())).containsAll(methods);
  }

  private static Set<String> replacingTheirSecondArgument(byte[] file) {
    Set<String> found = new LinkedHashSet<>();
    ClassVisitor visitor =
        new ClassVisitor(OpenedClassReader.ASM_API) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(OpenedClassReader.ASM_API) {
              @Override
              public void visitVarInsn(int opcode, int variable) {
                if (opcode == Opcodes.ASTORE && variable == 1) {
                  found.add(name + descriptor);
                }
              }
            };
          }
        };
    OpenedClassReader.of(file).accept(visitor, 0);
    return found;
  }

  @Test
  void noMemberIsAddedRemovedOrChanged() {
    for (Hook row : rows) {
      ClassFile before = ClassFile.of(jdk.original(row.internalName()));
      ClassFile after = ClassFile.of(woven.get(row.internalName()).woven());

      assertThat(after.head()).isEqualTo(before.head());
      assertThat(after.members()).as(row.type()).isEqualTo(before.members());
    }
  }

  @Test
  void wovenCodeKnowsTheBridgeUnderItsNameInsideJavaBaseAlone() {
    for (Hook row : rows) {
      assertThat(ClassFile.of(woven.get(row.internalName()).woven()).strings())
          .as(row.type())
          .anyMatch(ClassFile::isBridge)
          .noneMatch(WeaverTest::isOurs);
    }
  }

  @Test
  void theBridgeIsRenamedAndKnowsNothingButTheJdkAndItself() {
    List<ClassReader> bridge = woven.bridge().stream().map(OpenedClassReader::of).toList();

    assertThat(bridge)
        .extracting(ClassReader::getClassName)
        .containsExactlyInAnyOrder(
            "sun/nio/ch/AppawareBridge",
            "sun/nio/ch/AppawareInbound",
            "sun/nio/ch/AppawareLazyRandom");
    assertThat(Bridge.WOVEN_NAME).isEqualTo("sun.nio.ch.AppawareBridge");
    for (byte[] each : woven.bridge()) {
      assertThat(ClassFile.of(each).strings()).noneMatch(WeaverTest::isOurs);
    }
  }

  private static boolean isOurs(String text) {
    return text.contains("io/github/appaware")
        || text.contains("io.github.appaware")
        || text.contains("net/bytebuddy");
  }

  @Test
  void aClassThatSomebodyElseChangedFirstIsWovenAsOffered() throws IOException, WeavingException {
    Pair net = woven.get("sun/nio/ch/Net");
    try (Weaver weaver = Weaver.of(jdk.home())) {
      assertThat(weaver.weave("sun/nio/ch/Net", jdk.original("sun/nio/ch/Net")))
          .isEqualTo(net.woven());
      assertThat(ClassFile.of(weaver.weave("sun/nio/ch/Net", net.woven())).members())
          .isEqualTo(ClassFile.of(jdk.original("sun/nio/ch/Net")).members());
    }
  }

  @Test
  void aClassWithoutARowIsAnError() throws IOException {
    try (Weaver weaver = Weaver.of(jdk.home());
        JdkClasses classes = JdkClasses.open(jdk.home())) {
      byte[] other = classes.bytes("sun/nio/ch/IOUtil");

      assertThatThrownBy(() -> weaver.weave("sun/nio/ch/IOUtil", other))
          .isInstanceOf(WeavingException.class)
          .hasMessage("nothing to hook in sun.nio.ch.IOUtil");
    }
  }

  @Test
  void aClassWithoutTheMethodOfItsRowIsAnError() throws IOException {
    byte[] empty = new ByteBuddy().subclass(Object.class).name("sun.nio.ch.Net").make().getBytes();
    try (Weaver weaver = Weaver.of(jdk.home())) {
      assertThatThrownBy(() -> weaver.weave("sun/nio/ch/Net", empty))
          .isInstanceOf(WeavingException.class)
          .hasMessage("this JDK has no sun.nio.ch.Net.connect to hook");
    }
  }
}
