package io.github.appaware.hook;

import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;

/**
 * Runs in the build only: gives Picocli's classes, which are of Java 5, the version of Java 8, with
 * stack map frames. A JVM verifies them with the fast verifier then, and puts them in an archive
 * verified; those of Java 5 it verifies at each start, by inferring types, for 60 ms.
 */
public final class ModernClassFiles implements Plugin {
  /** Called by the build, which finds the class by name. */
  public ModernClassFiles() {}

  @Override
  public boolean matches(TypeDescription type) {
    return type.getName().startsWith("picocli.");
  }

  @Override
  public DynamicType.Builder<?> apply(
      DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
    return builder.visit(new Frames());
  }

  @Override
  public void close() {}

  private static final class Frames extends AsmVisitorWrapper.AbstractBase {
    @Override
    public int mergeReader(int flags) {
      return flags | ClassReader.SKIP_FRAMES;
    }

    @Override
    public int mergeWriter(int flags) {
      return flags | ClassWriter.COMPUTE_FRAMES;
    }

    @Override
    public ClassVisitor wrap(
        TypeDescription type,
        ClassVisitor visitor,
        Implementation.Context context,
        TypePool pool,
        FieldList<FieldDescription.InDefinedShape> fields,
        MethodList<?> methods,
        int writerFlags,
        int readerFlags) {
      return new ClassVisitor(Opcodes.ASM9, visitor) {
        @Override
        public void visit(
            int version, int access, String name, String signature, String of, String[] types) {
          int modern = ClassFileVersion.JAVA_V8.getMinorMajorVersion();
          super.visit(Math.max(version, modern), access, name, signature, of, types);
        }
      };
    }
  }
}
