package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.LoadingAttacks;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.testkit.WitnessLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways by which the JDK's own API loads native code and agents, each with a library of its own
 * that connects to a witness outside.
 */
@ExtendWith(ToolExtension.class)
class LoadingIT {
  /** Ways that name a library, and the failure that each has when it is denied. */
  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  private static final String DENIED = "appaware: blind library %s denied by option --blind";
  private static final String COMMAND = "java.lang.IllegalArgumentException: " + DENIED;
  private static final String LIBRARY = "java.lang.UnsatisfiedLinkError: " + DENIED;
  private static final String PKCS11 = "java.security.ProviderException: Initialization failed";

  static {
    REFUSED.put("command", COMMAND);
    REFUSED.put("agent", COMMAND);
    REFUSED.put("second-line", COMMAND);
    REFUSED.put("indented-line", COMMAND);
    REFUSED.put("management", COMMAND);
    REFUSED.put("by-handle", COMMAND);
    REFUSED.put("by-reflection", "javax.management.RuntimeMBeanException: " + COMMAND);
    REFUSED.put("pkcs11", PKCS11);
    REFUSED.put("pkcs11-file", PKCS11);
    REFUSED.put("pkcs11-nss", "java.security.ProviderException: Could not initialize NSS");
    REFUSED.put(
        "smartcard",
        "java.security.NoSuchAlgorithmException: Error constructing TerminalFactory for PC/SC using"
            + " SunPCSC");
    REFUSED.put("kerberos", "done");
    REFUSED.put("load", LIBRARY);
    REFUSED.put("own-loader", LIBRARY);
    REFUSED.put("beside-the-jdk", LIBRARY);
    REFUSED.put("property", LIBRARY);
  }

  @TempDir Path directory;
  private Tool tool;
  private Path libraries;
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    libraries = Files.createDirectories(directory.toRealPath().resolve("libraries"));
    jar = Programs.dynamicAgent(libraries.resolve("agent.jar"), LoadingAttacks.class);
  }

  private Result run(String blind, Jdk jdk, List<String> ways) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("run", "--blind", blind, "-p", "allow.toml", "--log", "e.jsonl", "--"));
    words.addAll(List.of(jdk.java(), "-cp", jar.toString(), LoadingAttacks.class.getName()));
    words.addAll(ways);
    return tool.run(words.toArray(String[]::new));
  }

  /** What each way is about, by way. */
  private Map<String, String> files(WitnessLibrary library) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String way : REFUSED.keySet()) {
      files.put(way, (way.equals("agent") ? jar : library.copy(way)).toString());
    }
    return files;
  }

  private static List<String> words(Map<String, String> files) {
    return files.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList();
  }

  /** What the events are about. */
  private List<String> recorded(Map<String, String> files) {
    List<String> recorded = new ArrayList<>(files.values());
    recorded.replaceAll(file -> file.endsWith("pkcs11-nss.so") ? file + ".nss/libnss3.so" : file);
    return recorded;
  }

  /** Way, what and verdict of each blind event. */
  private List<String> record(String verdict) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("e.jsonl"))) {
      if (Json.text(line, "event").equals("blind")) {
        assertThat(Json.text(line, "verdict")).isEqualTo(verdict);
        assertThat(Json.text(line, "way")).isEqualTo("library");
        found.add(Json.text(line, "what"));
      }
    }
    return found;
  }

  @TestOnEachJdk
  void nothingIsLoadedThatIsDenied(Jdk jdk) throws Exception {
    try (Listener witness = new Listener()) {
      Map<String, String> files = files(WitnessLibrary.of(libraries, witness));

      Result result = run("deny", jdk, words(files));

      List<String> expected = new ArrayList<>();
      REFUSED.forEach(
          (way, failure) -> expected.add(way + ": " + failure.formatted(files.get(way))));
      assertThat(result.out().lines()).containsExactlyElementsOf(expected);
      assertThat(record("deny")).containsExactlyElementsOf(recorded(files));
      assertThat(witness.connections()).isZero();
    }
  }

  /** What such a path leads to may be another one when the JDK follows it. */
  @TestOnEachJdk
  void aPathThatMayChangeIsNotTheJdks(Jdk jdk) throws Exception {
    try (Listener witness = new Listener()) {
      WitnessLibrary library = WitnessLibrary.of(libraries, witness);
      List<String> ways = new ArrayList<>(List.of("pkcs11-by-link", "command-by-link"));
      if (jdk.feature() >= 22) {
        ways.add("look-up-by-link");
      }
      List<String> words = new ArrayList<>();
      for (String way : ways) {
        words.add(way + " " + library.copy(way));
      }

      Result result = run("deny", jdk, words);

      assertThat(witness.connections()).as(result.out()).isZero();
      assertThat(result.out().lines())
          .as(result.err())
          .containsExactlyElementsOf(ways.stream().map(way -> way + ": denied").toList());
      assertThat(record("deny")).isNotEmpty().allMatch(each -> each.endsWith("/link/libjaas.so"));
    }
  }

  @TestOnEachJdk
  void whatIsAllowedIsRecordedOnceEach(Jdk jdk) throws Exception {
    try (Listener witness = new Listener()) {
      Map<String, String> files = files(WitnessLibrary.of(libraries, witness));

      Result result = run("allow", jdk, words(files));

      List<String> expected = recorded(files);
      expected.add(2, "agent " + LoadingAttacks.class.getName());
      assertThat(record("allow")).containsExactlyElementsOf(expected);
      assertThat(result.out().lines()).contains("command: done", "agent: yes", "load: done");
      // The JVM takes one command only, and the card service of some builds is linked in.
      assertThat(witness.connections()).isBetween(12, files.size() - 3);
    }
  }

  @TestOnEachJdk
  void aClassWithTheNameOfOneOfTheJdkHasNoUseOfTheJdksLibraries(Jdk jdk) throws Exception {
    try (Listener witness = new Listener()) {
      Path library = WitnessLibrary.of(libraries, witness).copy("namesake");
      Files.write(Path.of(library + ".class"), namesake());
      String own = jdk.home().toRealPath().resolve("lib/libj2pcsc.so").toString();

      Result result = run("deny", jdk, List.of("namesake " + library));

      assertThat(result.out()).isEqualTo("namesake: " + LIBRARY.formatted(own) + "\n");
      assertThat(record("deny")).containsExactly(own);
      assertThat(witness.connections()).isZero();
    }
  }

  @TestOnEachJdk
  void librariesOfTheSystemAreJudgedToo(Jdk jdk) throws Exception {
    assumeTrue(Files.exists(jdk.home().resolve("lib/libjsound.so")), "a JDK without java.desktop");

    Result result = run("deny", jdk, List.of("proxies x", "sound x"));

    assertThat(result.out()).isEqualTo("proxies: [DIRECT]\nsound: Info[]\n");
    assertThat(record("deny"))
        .containsExactly(
            "libgio-2.0.so", jdk.home().toRealPath().resolve("lib/libjsound.so").toString());
  }

  @TestOnEachJdk
  void theSystemsPrintersAreNotAskedWhenDenied(Jdk jdk) throws Exception {
    assumeTrue(Files.exists(jdk.home().resolve("lib/libawt.so")), "a JDK without java.desktop");

    Result result = run("deny", jdk, List.of("printers x"));

    assertThat(result.out()).isEqualTo("printers: PrintService[]\n");
    assertThat(Files.readString(directory.resolve("e.jsonl"))).contains("\"libcups.so.2\"");
    assertThat(result.err()).doesNotContain("Exception");
  }

  @TestOnEachJdk
  void noOneCanAskTheOwnJvmToLoadAnAgent(Jdk jdk) throws Exception {
    Path socket = Files.createFile(libraries.resolve(".java_pid77"));
    Path link = Files.createSymbolicLink(libraries.resolve("harmless"), socket);

    Result result = run("deny", jdk, List.of("signal x", "socket " + socket, "socket " + link));

    String denied = "java.net.ConnectException: appaware: blind attach 77 denied by option --blind";
    assertThat(result.out().lines())
        .containsExactly(
            "signal: java.lang.IllegalArgumentException: Unhandled signal: SIGQUIT",
            "socket: " + denied,
            "socket: " + denied);
  }

  @TestOnEachJdk
  void noApiStartsAProgramThatIsDenied(Jdk jdk) throws Exception {
    Path program = libraries.resolve("program");
    Path trace = libraries.resolve("trace");
    Files.write(
        program, ("#!/bin/sh\necho ran >> " + trace + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    List<String> ways = List.of("pipeline " + program, "runtime " + program, "bean " + program);

    Result denied = run("deny", jdk, ways);
    assertThat(denied.out().lines())
        .hasSize(3)
        .allMatch(line -> line.endsWith("blind process " + program + " denied by option --blind"));
    assertThat(trace).doesNotExist();
    run("allow", jdk, ways);
    assertThat(trace).exists();
  }

  /** {@code sun.security.smartcardio.PlatformPCSC} with the native method of the JDK's class. */
  private static byte[] namesake() {
    String name = "sun/security/smartcardio/PlatformPCSC";
    String text = "(Ljava/lang/String;)V";
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    type.visitMethod(open | Opcodes.ACC_NATIVE, "initialize", text, null, null).visitEnd();
    MethodVisitor go =
        type.visitMethod(open, "go", "(Ljava/lang/String;Ljava/lang/String;)V", null, null);
    go.visitCode();
    go.visitVarInsn(Opcodes.ALOAD, 0);
    go.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "load", text, false);
    go.visitVarInsn(Opcodes.ALOAD, 1);
    go.visitMethodInsn(Opcodes.INVOKESTATIC, name, "initialize", text, false);
    go.visitInsn(Opcodes.RETURN);
    go.visitMaxs(0, 0);
    go.visitEnd();
    type.visitEnd();
    return type.toByteArray();
  }
}
