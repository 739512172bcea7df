package io.github.appaware.compat;

import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/**
 * Builds programs: one run of Maven finds the jars of all of them, with this build's own local
 * repository, and the JDK's compiler does the rest.
 */
final class ClassPaths {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";
  private static final String PROJECT =
      "<project><modelVersion>4.0.0</modelVersion><groupId>compat</groupId>"
          + "<version>1</version><packaging>pom</packaging><artifactId>%s</artifactId>%s</project>";

  /** What Maven says where it can't reach a repository, as opposed to one without the artifact. */
  private static final List<String> UNREACHABLE =
      List.of(
          "Could not transfer artifact",
          "Cannot access ",
          "has not been downloaded from it before",
          "Network is unreachable",
          "Unknown host");

  /** Maven's repository can't be reached, and this build's own has not all that is needed. */
  static final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    private UnreachableException(String message) {
      super(message);
    }
  }

  private final Path directory;

  private ClassPaths(Path directory) {
    this.directory = directory;
  }

  /**
   * Everything is made below the directory.
   *
   * @throws UnreachableException where there is no network, and the jars are not there yet
   */
  static ClassPaths of(Path directory, List<Program> programs)
      throws IOException, InterruptedException {
    ClassPaths made = new ClassPaths(directory);
    made.resolve(programs);
    for (Program program : programs) {
      made.compile(program);
    }
    return made;
  }

  private void resolve(List<Program> programs) throws IOException, InterruptedException {
    StringBuilder modules = new StringBuilder("<modules>");
    for (Program program : programs) {
      modules.append("<module>").append(program.type()).append("</module>");
      Path module = Files.createDirectories(directory.resolve(program.type()));
      Files.writeString(module.resolve("pom.xml"), pom(program));
    }
    modules.append("</modules>");
    Path pom = directory.resolve("pom.xml");
    Files.writeString(pom, PROJECT.formatted("all", modules));
    List<String> command = Maven.command();
    command.addAll(List.of("-f", pom.toString(), GOAL, "-Dmdep.outputFile=classpath"));
    Result result = Tool.run(new ProcessBuilder(command), "");
    if (result.status() != 0) {
      String said = result.out() + result.err();
      throw UNREACHABLE.stream().anyMatch(said::contains)
          ? new UnreachableException("no class paths without a repository:\n" + said)
          : new IOException("no class paths:\n" + said);
    }
  }

  private static String pom(Program program) {
    StringBuilder text = new StringBuilder("<dependencies>");
    for (String dependency : program.dependencies()) {
      String[] parts = dependency.split(":", -1);
      text.append("<dependency><groupId>")
          .append(parts[0])
          .append("</groupId><artifactId>")
          .append(parts[1])
          .append("</artifactId><version>")
          .append(parts[2])
          .append("</version>");
      if (parts.length > 3) {
        text.append("<classifier>").append(parts[3]).append("</classifier>");
      }
      text.append("</dependency>");
    }
    return PROJECT.formatted(program.type(), text.append("</dependencies>"));
  }

  private void compile(Program program) throws IOException {
    List<String> arguments =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-parameters",
            "-Xlint:none",
            "-sourcepath",
            Program.SOURCES.toString(),
            "-classpath",
            String.join(File.pathSeparator, jars(program)),
            "-d",
            Files.createDirectories(classes(program)).toString(),
            program.source().toString());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IOException(
          String.format(Locale.ROOT, "%s does not compile, status %d", program.type(), status));
    }
  }

  Path classes(Program program) {
    return directory.resolve(program.type()).resolve("classes");
  }

  List<String> jars(Program program) throws IOException {
    String text = Files.readString(directory.resolve(program.type()).resolve("classpath")).strip();
    return text.isEmpty() ? List.of() : List.of(text.split(File.pathSeparator, -1));
  }

  /** What follows {@code java}: options, the way to the classes, and the main class. */
  List<String> start(Program program) throws IOException {
    List<String> start = new ArrayList<>();
    if (program.has("jvm")) {
      start.addAll(List.of(program.get("jvm").split(" ", -1)));
    }
    if (program.has("fat-jar")) {
      Path jar = directory.resolve(program.type()).resolve(program.type() + ".jar");
      FatJar.write(jar, program, classes(program), jars(program));
      start.addAll(List.of("-jar", jar.toString()));
      return start;
    }
    List<String> path = new ArrayList<>(List.of(classes(program).toString()));
    path.addAll(jars(program));
    start.addAll(List.of("-cp", String.join(File.pathSeparator, path), program.main()));
    return start;
  }
}
