package io.github.appaware.hook;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** All classes of a JDK's image: its native methods, and who calls what. */
final class Surface {
  /** A method. */
  record Method(String type, String name, String descriptor) {
    /** As the table of hooks names it. */
    String qualified() {
      return type.replace('/', '.') + "." + name;
    }
  }

  /** A call as in the bytecode; the receiver may be of another class. */
  private record Call(String owner, Method caller) {}

  /** The native methods, {@code module/internal/Name.method}, with their descriptors. */
  private final Map<String, Set<String>> natives = new TreeMap<>();

  /** The public and protected methods of public types that an application can name. */
  private final Set<Method> published = new HashSet<>();

  private final Map<String, List<String>> parents = new HashMap<>();

  /** By name and descriptor of what is called. */
  private final Map<String, List<Call>> calls = new HashMap<>();

  static Surface of(Path home) throws IOException {
    Surface surface = new Surface();
    try (FileSystem image =
            FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
        Stream<Path> files = Files.walk(image.getPath("modules"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class") && !file.endsWith("module-info.class")) {
          surface.read(file.getName(1).toString(), Files.readAllBytes(file));
        }
      }
    }
    return surface;
  }

  private void read(String module, byte[] bytes) {
    ClassReader reader = OpenedClassReader.of(bytes);
    List<String> above = new ArrayList<>(List.of(reader.getInterfaces()));
    if (reader.getSuperName() != null) {
      above.add(reader.getSuperName());
    }
    parents.put(reader.getClassName(), above);
    reader.accept(new Reader(module, reader.getClassName(), isApi(reader)), ClassReader.SKIP_DEBUG);
  }

  /** Packages that modules export to all begin otherwise. */
  private static boolean isApi(ClassReader type) {
    String name = type.getClassName();
    return (type.getAccess() & Opcodes.ACC_PUBLIC) != 0
        && (name.startsWith("java/") || name.startsWith("javax/") || name.startsWith("com/sun/"));
  }

  private final class Reader extends ClassVisitor {
    private final String module;
    private final String type;
    private final boolean isApi;

    Reader(String module, String type, boolean isApi) {
      super(OpenedClassReader.ASM_API);
      this.module = module;
      this.type = type;
      this.isApi = isApi;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_NATIVE) != 0) {
        natives
            .computeIfAbsent(module + "/" + type + "." + name, none -> new HashSet<>())
            .add(descriptor);
      }
      Method caller = new Method(type, name, descriptor);
      if (isApi && (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0) {
        published.add(caller);
      }
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String of, boolean isInterface) {
          add(owner, called, of);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String of, Handle factory, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              add(handle.getOwner(), handle.getName(), handle.getDesc());
            }
          }
        }

        private void add(String owner, String called, String of) {
          calls
              .computeIfAbsent(called + of, none -> new ArrayList<>())
              .add(new Call(owner, caller));
        }
      };
    }
  }

  Set<String> natives() {
    return natives.keySet();
  }

  /**
   * The methods that an application can call, directly or by overriding, and that reach the native
   * method without passing one of the stops.
   */
  Set<Method> waysTo(Native target, Set<Method> stops) {
    Set<Method> seen = new HashSet<>();
    List<Method> open = new ArrayList<>();
    for (String descriptor : natives.get(target.method())) {
      open.add(new Method(target.type(), target.name(), descriptor));
    }
    Set<Method> ways = new HashSet<>();
    while (!open.isEmpty()) {
      Method method = open.remove(open.size() - 1);
      // Whoever uses a class for the first time runs its initialiser.
      if (method.name().equals("<clinit>") || isCallable(method, method.type())) {
        ways.add(method);
        continue;
      }
      for (Method caller : callers(method)) {
        if (!stops.contains(caller)
            && !target.except().contains(caller.qualified())
            && seen.add(caller)) {
          open.add(caller);
        }
      }
    }
    return ways;
  }

  /** The methods that call one of these. */
  Set<Method> callersOf(Set<Method> methods) {
    Set<Method> callers = new HashSet<>();
    methods.forEach(method -> callers.addAll(callers(method)));
    return callers;
  }

  private boolean isCallable(Method method, String as) {
    if (published.contains(new Method(as, method.name(), method.descriptor()))) {
      return true;
    }
    for (String parent : parents.getOrDefault(as, List.of())) {
      if (!method.name().startsWith("<") && isCallable(method, parent)) {
        return true;
      }
    }
    return false;
  }

  private List<Method> callers(Method method) {
    List<Method> callers = new ArrayList<>();
    for (Call call : calls.getOrDefault(method.name() + method.descriptor(), List.of())) {
      if (isBelow(call.owner(), method.type()) || isBelow(method.type(), call.owner())) {
        callers.add(call.caller());
      }
    }
    return callers;
  }

  private boolean isBelow(String type, String other) {
    if (type.equals(other)) {
      return true;
    }
    for (String parent : parents.getOrDefault(type, List.of())) {
      if (isBelow(parent, other)) {
        return true;
      }
    }
    return false;
  }
}
