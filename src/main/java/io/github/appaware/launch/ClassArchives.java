package io.github.appaware.launch;

import io.github.appaware.linux.OwnChildren;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Archives of the tool's classes (JEP 350), which a JVM maps into memory instead of reading,
 * parsing and verifying the jar: two thirds of what a launcher and a server cost to start.
 *
 * <p>A JVM trusts the bytes of an archive. They are therefore in the directory of the tool's jar
 * and nowhere else: to put one there takes the right to replace the jar as well. The launcher
 * script names the directory, and none where that is not so (a sticky directory, such as {@code
 * /tmp}). Where the user can't write there, none are made: an installation brings its own.
 *
 * <p>The JVM itself checks that an archive was made by this JVM of this very jar, and otherwise
 * goes on without; neither is ever a reason to fail. The first run with a JDK or a build starts a
 * process that makes them, after its own end, by a run of its own ({@link #MAKER}).
 */
public final class ClassArchives {
  /** Names the directory of the archives for this {@code java}; set by the launcher script. */
  public static final String DIRECTORY = "appaware.archives";

  /** Names the directory where the JVMs of this run shall write archives. */
  public static final String RECORDED = "appaware.archives.recorded";

  /** Makes a JVM of the tool's jar the process that makes archives; names the claim. */
  public static final String MAKER = "appaware.archives.maker";

  public static final String LAUNCHER = "launcher.jsa";
  public static final String SERVER = "server.jsa";

  /** What a JVM says that can't use an archive is not for the user. */
  private static final String SILENT = "-Xlog:disable";

  private static final String ARCHIVES = "archives";

  /** The name of a file that says for which JDK and build archives were begun. */
  private static final String CLAIM = "claim-";

  /** After that, what was begun and led to no archive is tried again. */
  private static final Duration RETRY = Duration.ofDays(1);

  private ClassArchives() {}

  /** Options of a JVM that uses the archive of this name, or writes it if the run is for that. */
  static List<String> options(String name) {
    String recorded = System.getProperty(RECORDED);
    if (recorded != null) {
      return recorded(name, Path.of(recorded));
    }
    String directory = System.getProperty(DIRECTORY);
    if (directory == null) {
      return List.of();
    }
    Path archive = Path.of(directory, name);
    return Files.isRegularFile(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, SILENT)
        : List.of();
  }

  /**
   * Options of a JVM that writes an archive of what it has loaded, when it ends.
   *
   * @param directory where to; what it starts with the same options writes there, too
   */
  public static List<String> recorded(String name, Path directory) {
    return List.of(
        "-XX:ArchiveClassesAtExit=" + directory.resolve(name),
        SILENT,
        "-D" + RECORDED + "=" + directory);
  }

  /** Whether the JVMs of this run write archives, for which they take longer to end. */
  public static boolean areRecorded() {
    return System.getProperty(RECORDED) != null;
  }

  /** Starts a process that makes the archives, unless that was done for this JDK and this jar. */
  static void makeSoon(Installation installation) {
    String named = System.getProperty(DIRECTORY);
    if (named == null || areRecorded()) {
      return;
    }
    Path directory = Path.of(named);
    try {
      Path claim = directory.resolve(CLAIM + key(installation));
      if (!begin(claim, installation)) {
        return;
      }
      ProcessBuilder builder =
          new ProcessBuilder(
              installation.java().toString(),
              "-Xshare:auto",
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Xmx64m",
              "-D" + MAKER + "=" + claim,
              "-jar",
              installation.tool().toString());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.directory(directory.toFile());
      builder.environment().keySet().removeIf(name -> !isNeeded(name));
      OwnChildren.started(builder.start());
    } catch (IOException e) {
      // No archives: the directory is not ours to write.
    }
  }

  /** Where the woven classes are, and what a process needs to run at all. */
  private static boolean isNeeded(String variable) {
    return variable.equals("PATH") || variable.equals("HOME") || variable.equals("XDG_CACHE_HOME");
  }

  /** Whether it falls to this run: one in each JDK and build of the tool. */
  private static boolean begin(Path claim, Installation installation) throws IOException {
    if (Files.exists(claim)) {
      if (Files.exists(claim.resolveSibling(LAUNCHER)) || !isOld(claim)) {
        return false;
      }
      Files.deleteIfExists(claim);
    }
    if (!Files.isWritable(installation.tool().getParent()) || !isForThisJava(claim, installation)) {
      return false;
    }
    Files.createDirectories(
        claim.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      Files.createFile(claim);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    return true;
  }

  /** Whether the script started this very JVM: another program of that name may come and go. */
  private static boolean isForThisJava(Path claim, Installation installation) throws IOException {
    Path archives = installation.tool().resolveSibling(ARCHIVES);
    Path started = Path.of("/").resolve(archives.relativize(claim.getParent()));
    return Files.exists(started) && Files.isSameFile(started, installation.java());
  }

  private static boolean isOld(Path claim) throws IOException {
    return Files.getLastModifiedTime(claim).toInstant().isBefore(Instant.now().minus(RETRY));
  }

  private static String key(Installation installation) throws IOException {
    Path home = Path.of(System.getProperty("java.home"));
    String key =
        System.getProperty("java.vm.version")
            + System.getProperty("java.vm.vendor")
            + stamp(home.resolve("lib/server/libjvm.so"))
            + stamp(installation.tool());
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String stamp(Path file) throws IOException {
    if (!Files.exists(file)) {
      return file.toString();
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return file + " " + attributes.size() + " " + attributes.lastModifiedTime();
  }

  /**
   * Puts a new archive in place; processes that use the old one go on with it. It is on the disk by
   * then: a JVM that maps half a file ends.
   *
   * @param made the file as it was written
   * @param directory where it is used, under the same name
   */
  public static void install(Path made, Path directory) throws IOException {
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
    try (FileChannel written = FileChannel.open(made, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(made, directory.resolve(made.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets what was made for other JDKs at this path, and for other builds of the tool. */
  public static void forgetOthers(Path claim) throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(claim.resolveSibling("."), CLAIM + "*")) {
      for (Path each : all) {
        if (!each.getFileName().equals(claim.getFileName())) {
          Files.deleteIfExists(each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
