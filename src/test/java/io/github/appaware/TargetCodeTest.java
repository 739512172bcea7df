package io.github.appaware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What runs in the target is plain code: linking an {@code invokedynamic} costs each target
 * milliseconds. The methods of records are left: nothing calls them at start.
 */
class TargetCodeTest {
  private static final String RECORDS = "java/lang/runtime/ObjectMethods";

  /** Run under a security manager alone; its class must be one file, as a run copies it. */
  private static final Set<String> OF_A_MANAGER =
      Set.of(
          "io/github/appaware/agent/Premain.begin by java/lang/invoke/LambdaMetafactory",
          "io/github/appaware/agent/Premain.lookUp by java/lang/invoke/LambdaMetafactory");

  @ParameterizedTest
  @ValueSource(strings = {"agent", "bridge", "jvm", "link", "wire", "event"})
  void nothingIsLinkedWhenItIsFirstCalled(String room) throws IOException {
    List<byte[]> files = ClassFiles.of(room);

    assertThat(files).hasSizeGreaterThan(3);
    assertThat(dynamic(files))
        .filteredOn(call -> !OF_A_MANAGER.contains(call))
        .noneMatch(call -> !call.endsWith(" by " + RECORDS));
  }

  @ParameterizedTest
  @CsvSource({"event, java/lang/runtime/ObjectMethods", "cli, java/lang/invoke/LambdaMetafactory"})
  void thisTestSeesWhatIsLinkedElsewhere(String room, String factory) throws IOException {
    assertThat(dynamic(ClassFiles.of(room))).anyMatch(call -> call.endsWith(" by " + factory));
  }

  private static List<String> dynamic(List<byte[]> files) {
    List<String> calls = new ArrayList<>();
    for (byte[] file : files) {
      ClassReader reader = OpenedClassReader.of(file);
      reader.accept(new Finder(reader.getClassName(), calls), ClassReader.SKIP_DEBUG);
    }
    return calls;
  }

  private static final class Finder extends ClassVisitor {
    private final String type;
    private final List<String> calls;

    Finder(String type, List<String> calls) {
      super(OpenedClassReader.ASM_API);
      this.type = type;
      this.calls = calls;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitInvokeDynamicInsn(
            String name, String of, Handle factory, Object... arguments) {
          calls.add(type + "." + method + " by " + factory.getOwner());
        }
      };
    }
  }
}
