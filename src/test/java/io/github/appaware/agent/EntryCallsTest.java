package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EntryCallsTest {
  private static final String BRIDGE = Called.class.getName().replace('.', '/');

  /** What the classes call. */
  public static final class Called {
    static final Map<Class<?>, AtomicInteger> TIMES = new ConcurrentHashMap<>();

    private Called() {}

    public static void started(Object argument) {
      if (argument != null) {
        TIMES.computeIfAbsent(argument.getClass(), none -> new AtomicInteger()).incrementAndGet();
      }
    }
  }

  /** Defines classes anew, with calls in all their methods; links each, and so verifies it. */
  private static final class Woven extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();
    private int changed;

    Woven(Class<?> ofJar) throws Exception {
      super(EntryCallsTest.class.getClassLoader());
      URI jar = ofJar.getProtectionDomain().getCodeSource().getLocation().toURI();
      try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
          Stream<Path> all = Files.walk(files.getPath("/"))) {
        String directory = '/' + ofJar.getPackageName().replace('.', '/');
        for (Path each :
            all.filter(file -> file.startsWith(directory) && file.toString().endsWith(".class"))
                .toList()) {
          byte[] original = Files.readAllBytes(each);
          byte[] woven = weave(original);
          changed += woven == null ? 0 : 1;
          String name = each.toString().substring(1).replace(".class", "").replace('/', '.');
          classes.put(name, woven == null ? original : woven);
        }
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        byte[] bytes = classes.get(name);
        Class<?> loaded = findLoadedClass(name);
        return loaded != null
            ? loaded
            : bytes == null
                ? super.loadClass(name, resolve)
                : defineClass(name, bytes, 0, bytes.length);
      }
    }
  }

  /** With a call in each method whose first parameter is an object. */
  private static byte[] weave(byte[] original) {
    List<EntryCalls.Call> calls = new ArrayList<>();
    new ClassReader(original)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                boolean code = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
                if (code && descriptor.startsWith("(L") && !name.equals("<init>")) {
                  calls.add(new EntryCalls.Call(name, descriptor, "started"));
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return calls.isEmpty() ? null : new EntryCalls(BRIDGE, calls).weave(original);
  }

  @ParameterizedTest
  @ValueSource(classes = {DigestUtils.class, CommandLine.class, org.tomlj.Toml.class})
  void everyMethodOfALibraryIsVerifiedWithItsCall(Class<?> ofJar) throws Exception {
    Woven loader = new Woven(ofJar);
    int linked = 0;
    for (String name : loader.classes.keySet()) {
      try {
        linked += Class.forName(name, true, loader).getName().equals(name) ? 1 : 0;
      } catch (NoClassDefFoundError absent) {
        assertThat(absent.getCause()).isInstanceOf(ClassNotFoundException.class); // optional ones
      }
    }
    assertThat(loader.changed).isGreaterThan(10);
    assertThat(linked).isGreaterThan(loader.classes.size() * 9 / 10);
  }

  @Test
  void theMethodsDoWhatTheyDid() throws Exception {
    Class<?> woven = Class.forName(DigestUtils.class.getName(), true, new Woven(DigestUtils.class));
    Method method = woven.getMethod("sha256Hex", String.class);

    int before = Called.TIMES.computeIfAbsent(String.class, none -> new AtomicInteger()).get();
    assertThat(method.invoke(null, "a")).isEqualTo(DigestUtils.sha256Hex("a"));

    assertThat(Called.TIMES.get(String.class).get()).isGreaterThan(before);
  }

  @Test
  void aClassWithoutTheMethodIsLeftAlone() throws Exception {
    byte[] original = bytes(DigestUtils.class);
    EntryCalls.Call none = new EntryCalls.Call("sha256Hex", "(Lno/such/Type;", "started");

    assertThat(new EntryCalls(BRIDGE, List.of(none)).weave(original)).isNull();
  }

  @Test
  void whatIsNoClassFileIsLeftAlone() throws Exception {
    EntryCalls.Call any = new EntryCalls.Call("sha256Hex", "(Ljava/lang/String;", "started");
    EntryCalls calls = new EntryCalls(BRIDGE, List.of(any));
    byte[] original = bytes(DigestUtils.class);

    assertThat(calls.weave("no class".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(calls.weave(java.util.Arrays.copyOf(original, original.length / 2))).isNull();
    assertThat(calls.weave(original)).isNotNull();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    return type.getResourceAsStream(type.getSimpleName() + ".class").readAllBytes();
  }
}
