package io.github.appaware.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * The system properties that classes of a JDK read in their static initializers, or in methods of
 * their package that these call: found in the class files, by the text constants before the call
 * that reads.
 */
public final class PropertyReads {
  private static final int DEEPEST = 5;
  private static final int MOST_CONSTANTS = 3;

  private record Code(String type, String name, String descriptor) {}

  private final Map<Code, List<Code>> calls = new HashMap<>();
  private final Map<Code, Set<String>> reads = new HashMap<>();

  private PropertyReads() {}

  /** The properties by the internal name of the class. */
  public static Map<String, Set<String>> of(Path home, List<String> modules) throws IOException {
    PropertyReads all = new PropertyReads();
    try (FileSystem image =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()))) {
      for (String module : modules) {
        all.addAll(image.getPath("/modules", module));
      }
    }
    Map<String, Set<String>> found = new TreeMap<>();
    for (Code each : all.calls.keySet()) {
      Set<String> names = new TreeSet<>();
      if (each.name.equals("<clinit>")) {
        all.collect(each, each.type, names, new HashSet<>(), 0);
      }
      if (!names.isEmpty()) {
        found.put(each.type, names);
      }
    }
    return found;
  }

  private void addAll(Path module) throws IOException {
    if (!Files.exists(module)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(module)) {
      files = walk.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      new ClassReader(Files.readAllBytes(file)).accept(new OfClass(), ClassReader.SKIP_DEBUG);
    }
  }

  private void collect(Code code, String of, Set<String> names, Set<Code> seen, int depth) {
    if (!seen.add(code) || depth > DEEPEST) {
      return;
    }
    names.addAll(reads.getOrDefault(code, Set.of()));
    String room = of.substring(0, of.lastIndexOf('/') + 1);
    for (Code called : calls.getOrDefault(code, List.of())) {
      if (called.type.startsWith(room) && !called.name.equals("<clinit>")) {
        collect(called, of, names, seen, depth + 1);
      }
    }
  }

  private static boolean isRead(String type, String name) {
    return switch (type) {
      case "java/lang/System" -> name.equals("getProperty");
      case "java/lang/Integer" -> name.equals("getInteger");
      case "java/lang/Long" -> name.equals("getLong");
      case "java/lang/Boolean" -> name.equals("getBoolean");
      case "sun/net/NetProperties" -> name.startsWith("get");
      default ->
          type.startsWith("sun/security/action/Get")
              || (type.equals("jdk/internal/net/http/common/Utils") && name.contains("Property"));
    };
  }

  private final class OfClass extends ClassVisitor {
    private String type;

    OfClass() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      type = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      Code code = new Code(type, name, descriptor);
      List<Code> called = calls.computeIfAbsent(code, key -> new ArrayList<>());
      Deque<String> constants = new ArrayDeque<>();
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitLdcInsn(Object constant) {
          if (constant instanceof String text) {
            constants.addLast(text);
            if (constants.size() > MOST_CONSTANTS) {
              constants.removeFirst();
            }
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String made, String as, Handle bootstrap, Object... arguments) {
          for (Object each : arguments) {
            if (each instanceof Handle body) {
              called.add(new Code(body.getOwner(), body.getName(), body.getDesc()));
            }
          }
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String as, boolean isInterface) {
          called.add(new Code(owner, method, as));
          if (method.equals("<init>")) {
            called.add(new Code(owner, "run", "()Ljava/lang/Object;")); // for doPrivileged
          }
          if (isRead(owner, method)) {
            reads.computeIfAbsent(code, key -> new TreeSet<>()).addAll(constants);
          }
          constants.clear();
        }
      };
    }
  }
}
