package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.event.Application;
import io.github.appaware.event.Application.Kind;
import io.github.appaware.event.Secrets;
import io.github.appaware.jvm.EarlyEnd;
import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JavaCommandLine;
import io.github.appaware.jvm.JvmOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Hashes what a command runs.
 *
 * @param executable the program's path
 * @param image where the program's bytes can be read, even if the path is gone
 * @param locations resolves the command's paths
 * @param user the name of the user that runs it
 * @param budget how much may be read
 */
record Measurement(
    List<String> command,
    Path executable,
    Path image,
    TargetPaths locations,
    String user,
    ReadBudget budget) {

  /** The part of an application that depends on what is hashed. */
  private record Content(Kind kind, String file, String path, Hash hash, String maven) {}

  /** The measured target; {@code options} are present if {@code java} is. */
  Target target(Optional<JavaHome> java, Optional<JvmOptions> options) throws TargetException {
    Optional<JavaCommandLine> line = options.map(JvmOptions::line);
    Content content;
    try {
      content = java.isPresent() ? javaContent(java.get(), line.orElseThrow()) : program();
    } catch (IOException e) {
      throw TargetException.failed(quoted(command.get(0)) + " can't be measured: " + e);
    }
    Application application =
        Application.builder()
            .file(content.file())
            .path(content.path())
            .sha256(content.hash().sha256())
            .kind(content.kind())
            .maven(content.maven())
            .jvm(java.map(JavaHome::version).orElse(""))
            .user(user)
            .command(Secrets.hidden(command))
            .directory(locations.directory().toString())
            .build();
    List<HarmlessOptions.Finding> findings =
        options.map(HarmlessOptions::findings).orElse(List.of());
    return new Target(
        command,
        executable,
        application,
        java,
        line,
        notice(content),
        findings,
        options.map(EarlyEnd::isAskedFor).orElse(false),
        budget.read());
  }

  private static String notice(Content content) {
    String reason = content.hash().reason();
    return reason.isEmpty() ? "" : notice(content.file(), reason);
  }

  static String notice(String file, String reason) {
    return quoted(file) + " has no SHA-256: " + reason;
  }

  private Content javaContent(JavaHome java, JavaCommandLine line)
      throws IOException, TargetException {
    return switch (line.kind()) {
      case JAR -> jar(line);
      case CLASSPATH -> classPath(line);
      case MODULE -> module(java, line);
      case SOURCE -> source(line);
      case NONE -> program();
    };
  }

  private Content jar(JavaCommandLine line) throws TargetException {
    Path file = locations.absolute(line.main());
    Jar jar = Jar.read(file, line.main(), budget);
    return new Content(Kind.JAR, name(file), file.toString(), jar.hash(), jar.maven());
  }

  private Content classPath(JavaCommandLine line) throws IOException, TargetException {
    List<Path> entries = absolute(line.classPath());
    // The launcher accepts both spellings; a policy must see one.
    String name = line.main().replace('/', '.');
    Hash hash = Hash.of(() -> Hashes.hex(PathDigest.of(entries, budget)));
    return new Content(Kind.CLASSPATH, name, join(entries), hash, "");
  }

  /**
   * The digest of the module path's digest and the class path's; for a JDK's own module, the hash
   * of the JDK's release file.
   */
  private Content module(JavaHome java, JavaCommandLine line) throws IOException, TargetException {
    List<Path> modules = absolute(line.modulePath());
    List<Path> classes = absolute(line.classPath());
    String name = line.main().split("/", 2)[0];
    if (modules.isEmpty() && classes.isEmpty()) {
      Path release = java.releaseFile();
      Hash hash = Hash.of(() -> Hashes.sha256(release, budget));
      return new Content(Kind.MODULE, name, release.toString(), hash, "");
    }
    Hash hash =
        Hash.of(() -> combined(PathDigest.of(modules, budget), PathDigest.of(classes, budget)));
    return new Content(Kind.MODULE, name, join(modules), hash, "");
  }

  /** The source's digest; with a class path, the digest of the source's digest and the path's. */
  private Content source(JavaCommandLine line) throws IOException, TargetException {
    Path file = locations.absolute(line.main());
    if (!Files.isRegularFile(file)) {
      String problem = Files.exists(file) ? " is not a regular file" : ": no such file";
      throw TargetException.failed(quoted(line.main()) + problem, "give the path of a source file");
    }
    List<Path> classes = absolute(line.classPath());
    Hash hash =
        Hash.of(
            () ->
                line.classPathGiven()
                    ? combined(Hashes.digest(file, budget), PathDigest.of(classes, budget))
                    : Hashes.sha256(file, budget));
    return new Content(Kind.SOURCE, name(file), file.toString(), hash, "");
  }

  private Content program() throws IOException {
    Path real = image.equals(executable) ? executable.toRealPath() : executable;
    // A program may be executable but not readable; it then has no hash.
    Hash hash =
        Files.isReadable(image) ? Hash.of(() -> Hashes.sha256(image, budget)) : Hash.UNREADABLE;
    return new Content(Kind.NATIVE, name(executable), real.toString(), hash, "");
  }

  private List<Path> absolute(List<String> entries) throws TargetException {
    List<Path> paths = new ArrayList<>();
    for (String entry : entries) {
      paths.add(locations.absolute(entry));
    }
    return paths;
  }

  private static String combined(byte[] first, byte[] second) {
    MessageDigest digest = Hashes.begin();
    digest.update(first);
    digest.update(second);
    return Hashes.hex(digest.digest());
  }

  private static String join(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static String name(Path file) {
    return file.getFileName() == null ? file.toString() : file.getFileName().toString();
  }
}
