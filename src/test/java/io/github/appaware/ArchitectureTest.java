package io.github.appaware;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms, what each may use, and what is done in one of them alone. */
class ArchitectureTest {
  private static final String ROOT = "io.github.appaware";

  /** Each room and the rooms that it may use. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("policy", Set.of("event")),
          Map.entry("wire", Set.of("event")),
          Map.entry("bridge", Set.of()),
          Map.entry("hook", Set.of("bridge")),
          Map.entry("agent", Set.of("bridge", "wire", "event")),
          Map.entry("identity", Set.of("event")),
          Map.entry("server", Set.of("trust", "policy", "wire", "event")),
          Map.entry("prompt", Set.of("wire", "event")),
          Map.entry("metrics", Set.of("server", "event")),
          Map.entry("store", Set.of("server", "policy", "event")),
          Map.entry("trust", Set.of("wire", "event")),
          Map.entry("launch", Set.of("hook", "identity", "server", "wire", "event")),
          Map.entry("convert", Set.of("policy")),
          Map.entry(
              "cli",
              Set.of(
                  "trust",
                  "convert",
                  "launch",
                  "store",
                  "metrics",
                  "prompt",
                  "server",
                  "identity",
                  "hook",
                  "bridge",
                  "wire",
                  "policy",
                  "event")));

  static final Set<String> NAMES = new TreeSet<>(ROOMS.keySet());

  private static final String[] IN_THE_TARGET = {
    room("agent"), room("bridge"), room("wire"), room("event")
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void thisTestSeesEveryRoomAndEveryClass() throws IOException {
    Set<String> packages = NAMES.stream().map(ArchitectureTest::room).collect(Collectors.toSet());
    packages.add(ROOT);

    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .isEqualTo(packages);
    assertThat(CLASSES.stream().map(JavaClass::getName))
        .hasSizeGreaterThan(150)
        .containsExactlyInAnyOrderElementsOf(classFiles())
        .containsAll(packages.stream().map(each -> each + ".package-info").toList());
  }

  private static Set<String> classFiles() throws IOException {
    Path output = ClassFiles.output();
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .map(file -> output.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void theRootHoldsNothingButItsDescription() {
    assertThat(CLASSES.that(resideInAPackage(ROOT)))
        .extracting(JavaClass::getSimpleName)
        .containsExactly("package-info");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void aRoomUsesOnlyTheRoomsThatItMay(String room) {
    String[] allowed =
        Stream.concat(Stream.of(room), ROOMS.get(room).stream())
            .map(ArchitectureTest::room)
            .toArray(String[]::new);

    check(
        classes()
            .that()
            .resideInAPackage(room(room))
            .should()
            .onlyDependOnClassesThat(
                not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed))));
  }

  @Test
  void thereAreNoCycles() {
    check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "bridge", "wire", "event"})
  void whatRunsInTheTargetDependsOnNothingButTheJdk(String room) {
    check(
        classes()
            .that()
            .resideInAPackage(room(room))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", "javax.net.ssl..", "javax.security.auth.x500..")
                    .or(resideInAnyPackage(IN_THE_TARGET))));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({
    "org.tomlj.., policy",
    "net.bytebuddy.., hook",
    "org.apache.commons.codec.., identity",
    "org.bouncycastle.., trust",
    "picocli.., cli",
    "org.jline.., prompt",
    "org.apache.hc.., server",
    "com.fasterxml.jackson.., server;cli;convert;metrics",
    "io.prometheus.., metrics",
    "io.etcd.., store",
    "io.grpc.., store",
    "io.netty.., store",
  })
  void eachLibraryHasItsRooms(String library, String rooms) {
    String[] allowed =
        Stream.of(rooms.split(";", -1)).map(ArchitectureTest::room).toArray(String[]::new);

    for (String room : allowed) {
      assertThat(CLASSES.that(resideInAPackage(room)))
          .as("classes of %s that use %s", room, library)
          .anyMatch(
              user ->
                  user.getDirectDependenciesFromSelf().stream()
                      .anyMatch(use -> resideInAPackage(library).test(use.getTargetClass())));
    }
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(allowed)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void nothingElseIsUsed() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    ROOT + "..",
                    "java..",
                    "javax.net.ssl..",
                    "javax.security.auth.x500..",
                    "javax.xml.stream..", // of the JDK
                    "com.sun.net.httpserver..", // the demo's servers, and figures
                    "sun.misc..", // signals
                    "org.tomlj..",
                    "org.antlr.v4.runtime..", // in signatures of tomlj
                    "net.bytebuddy..",
                    "org.apache.commons.codec..",
                    "org.bouncycastle..",
                    "picocli..",
                    "org.jline..",
                    "org.apache.hc.client5.http.psl..",
                    "io.etcd.jetcd..",
                    "io.grpc", // errors of jetcd
                    "io.netty.handler.ssl", // in signatures of jetcd
                    "javax.net.ssl",
                    "io.prometheus.metrics..",
                    "com.fasterxml.jackson.core..")));
  }

  @Test
  void theStandardStreamsAndTheExitAreForTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room("cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void onlyTheAgentsReporterHaltsTheJvmAndOwnsAStandardStream() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(Pattern.quote(room("agent") + ".Stop") + "(\\$.*)?")
            .should()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .accessField(FileDescriptor.class, "in")
            .orShould()
            .accessField(FileDescriptor.class, "out")
            .orShould()
            .accessField(FileDescriptor.class, "err"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String room(String name) {
    return ROOT + "." + name;
  }
}
