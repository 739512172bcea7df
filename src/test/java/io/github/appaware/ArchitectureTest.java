package io.github.appaware;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.appaware.event.Application;
import io.github.appaware.event.ApplicationBuilder;
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

  /** Each room and the rooms that it may use; each of these edges is in use. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("wire", Set.of("event")),
          Map.entry("linux", Set.of()),
          // what it says to the agent goes through a class of java.base
          Map.entry("junit", Set.of()),
          Map.entry("tls", Set.of("wire")),
          Map.entry("record", Set.of("event")),
          // policy.edit: what is learned is written as an answer is; policy.engine: what the policy
          // decides already is not learned
          Map.entry(
              "learn", Set.of("record", "policy.model", "policy.engine", "policy.edit", "event")),
          // policy.engine, policy.model: a recorded event is put to another policy
          Map.entry("report", Set.of("record", "policy.model", "policy.engine", "event")),
          Map.entry("policy.model", Set.of("event")),
          Map.entry("policy.engine", Set.of("policy.model", "event")),
          Map.entry("policy.read", Set.of("policy.engine", "policy.model", "event")),
          Map.entry("policy.edit", Set.of("policy.read", "policy.engine", "policy.model", "event")),
          Map.entry("policy.explain", Set.of("policy.engine", "policy.model", "event")),
          Map.entry("bridge", Set.of()),
          Map.entry("hook.advice", Set.of("bridge")),
          Map.entry("hook", Set.of("hook.advice", "bridge")),
          Map.entry("jvm", Set.of("event")),
          Map.entry("link", Set.of("tls", "wire", "event")),
          Map.entry("agent", Set.of("bridge", "jvm", "link", "wire", "event")),
          Map.entry("identity", Set.of("jvm", "event")),
          Map.entry(
              "server",
              Set.of(
                  "policy.model",
                  "policy.engine",
                  "policy.read",
                  "policy.edit",
                  "policy.explain",
                  "record",
                  "wire",
                  "event")),
          Map.entry("server.upstream", Set.of("server", "trust", "link", "wire", "event")),
          Map.entry(
              "server.local",
              Set.of(
                  "server",
                  "server.upstream",
                  "policy.model",
                  "record",
                  "trust",
                  "linux",
                  "wire",
                  "event")),
          Map.entry(
              "server.resident",
              Set.of("server", "policy.model", "record", "trust", "tls", "wire", "event")),
          // linux: which processes can use the terminal while a question is on it
          Map.entry("prompt", Set.of("wire", "event", "linux")),
          Map.entry("metrics", Set.of("server", "event")),
          Map.entry(
              "store",
              Set.of(
                  "server",
                  "policy.model",
                  "policy.engine",
                  "policy.read",
                  "policy.edit",
                  "event")),
          Map.entry("trust", Set.of("tls", "wire", "event")),
          // linux: the processes of the run, and which of them can use the terminal
          Map.entry(
              "launch",
              Set.of("hook", "identity", "server.local", "guard", "linux", "wire", "event")),
          Map.entry("guard", Set.of("linux", "link", "wire", "event")),
          // event: an address in normal form, to tell another spelling from it; policy.read: a file
          // of
          // another tool is read as carefully as a policy
          Map.entry("convert", Set.of("policy.model", "policy.edit", "event", "policy.read")),
          // policy.engine: a policy as a whole is what is exported
          Map.entry("convert.export", Set.of("policy.model", "policy.engine", "event")),
          Map.entry(
              "cli",
              Set.of(
                  "trust",
                  "convert",
                  "convert.export",
                  "launch",
                  "store",
                  "metrics",
                  "prompt",
                  "server",
                  "server.local",
                  "server.resident",
                  "link",
                  "record",
                  "report",
                  "learn",
                  "identity",
                  "wire",
                  "policy.model",
                  "policy.engine",
                  "policy.read",
                  "policy.edit",
                  "policy.explain",
                  "event")));

  static final Set<String> NAMES = new TreeSet<>(ROOMS.keySet());

  private static final String[] IN_THE_TARGET = {
    room("agent"),
    room("bridge"),
    room("jvm"),
    room("link"),
    room("tls"),
    room("wire"),
    room("event")
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(ClassFiles.output());

  @Test
  void thisTestSeesEveryRoomAndEveryClass() throws IOException {
    Set<String> packages = NAMES.stream().map(ArchitectureTest::room).collect(Collectors.toSet());
    packages.add(ROOT);
    packages.add(room("policy")); // holds nothing but its description

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

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyEdgeThatARoomIsAllowedIsUsed(String room) {
    Set<String> used =
        CLASSES.that(resideInAPackage(room(room))).stream()
            .filter(each -> !each.getSimpleName().equals("package-info"))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(use -> use.getTargetClass().getPackageName())
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1))
            .filter(name -> !name.equals(room))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).isEqualTo(new TreeSet<>(ROOMS.get(room)));
  }

  @Test
  void thereAreNoCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "bridge", "jvm", "link", "tls", "wire", "event"})
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
    "org.tomlj.., policy.read",
    "com.moandjiezana.toml.., policy.read",
    "net.bytebuddy.., hook;hook.advice",
    "org.apache.commons.codec.., identity",
    "org.bouncycastle.., trust",
    "picocli.., cli",
    // How wide a character is, too: the terminal itself is the prompt's.
    "org.jline.., prompt;cli",
    "com.sun.jna.., linux",
    "org.apache.hc.., server",
    "com.fasterxml.jackson.., record;report;cli;convert;convert.export;metrics",
    "io.prometheus.., metrics",
    "io.etcd.., store",
    "io.grpc.., store",
    "io.netty.., store",
    "org.junit.., junit",
    // The table says `tls` alone; trust has the server's side of it.
    "javax.net.ssl.., tls;trust",
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
                    "javax.naming", // what the callers of JNDI's look-ups see
                    "com.sun.net.httpserver..", // the demo's servers, and figures
                    "sun.misc..", // signals
                    "org.tomlj..",
                    "com.moandjiezana.toml..",
                    "org.antlr.v4.runtime..", // in signatures of tomlj
                    "net.bytebuddy..",
                    "org.apache.commons.codec..",
                    "org.bouncycastle..",
                    "picocli..",
                    "org.jline..",
                    "com.sun.jna",
                    "org.apache.hc.client5.http.psl..",
                    "io.etcd.jetcd..",
                    "io.grpc", // errors of jetcd
                    "io.netty.handler.ssl", // in signatures of jetcd
                    "javax.net.ssl",
                    "io.prometheus.metrics..",
                    "org.junit.jupiter.api..",
                    "org.junit.platform.commons.support",
                    "com.fasterxml.jackson.core..")));
  }

  @Test
  void theStandardStreamsAndTheExitAreForTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room("cli"))
            .and()
            // Where a security manager keeps the file descriptor from it.
            .doNotHaveFullyQualifiedName("io.github.appaware.agent.Premain")
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
            .haveNameNotMatching(
                Pattern.quote(room("agent") + ".")
                    + "(AgentAbort|Premain)"
                    + "(\\$.*)?"
                    + "|"
                    + Pattern.quote(room("bridge") + ".Bridge")) // halts for it
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

  @Test
  void applicationsAreBuiltByNameAndNotByPosition() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(ApplicationBuilder.class)
            .should()
            .callConstructorWhere(
                target(owner(equivalentTo(Application.class)))
                    .as("the constructor of Application")));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static String room(String name) {
    return ROOT + "." + name;
  }
}
