package io.github.appaware.event;

import java.util.List;

/**
 * What runs. Measured outside the process it describes.
 *
 * @param id the policy's name for it, or empty when no {@code [[app]]} applies
 * @param file the name that policies match: a jar's or program's file name, the main class of a
 *     class path, the module's name
 * @param path the absolute path of what was hashed; for a class path the whole path
 * @param sha256 64 lower-case hexadecimal digits, or empty where nothing could be hashed: such an
 *     application never gets an id that is pinned to a hash
 * @param kind what sort of thing was hashed
 * @param maven {@code group:artifact:version} when the jar says so, else empty
 * @param jvm the Java version of the JVM that runs it, or empty for a native program
 * @param user the name of the user that it runs as
 * @param pid its process
 * @param parent the id, else the file name, of the application that started it; empty for the run's
 *     own target
 * @param command the command line
 * @param directory its working directory
 * @param machine where it runs, as the decision server knows it; empty where that does not matter.
 *     Never what a client says of itself, so it is not on the wire: see {@link #on}
 * @param selfReported whether nobody but the process itself measured it: then all of this is what
 *     it says of itself
 */
public record Application(
    String id,
    String file,
    String path,
    String sha256,
    Kind kind,
    String maven,
    String jvm,
    String user,
    long pid,
    String parent,
    List<String> command,
    String directory,
    String machine,
    boolean selfReported) {
  /** What sort of thing was hashed. The order is part of the wire format: append only. */
  public enum Kind {
    /** {@code java -jar}: the jar's bytes. */
    JAR("jar"),
    /** {@code java -cp}: the entries in order. */
    CLASSPATH("class path"),
    /** {@code java -m}: the entries of the module path in order. */
    MODULE("module"),
    /** {@code java Main.java}: the source file, then the class path. */
    SOURCE("source"),
    /** A program that is not the {@code java} launcher: its executable. */
    NATIVE("native");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in messages and the record. */
    public String label() {
      return label;
    }
  }

  public Application {
    command = List.copyOf(command);
  }

  /** An application of which is not known where it runs. */
  public Application(
      String id,
      String file,
      String path,
      String sha256,
      Kind kind,
      String maven,
      String jvm,
      String user,
      long pid,
      String parent,
      List<String> command,
      String directory) {
    this(
        id, file, path, sha256, kind, maven, jvm, user, pid, parent, command, directory, "", false);
  }

  /** The same application under the id that a policy gives it. */
  public Application withId(String newId) {
    return new Application(
        newId,
        file,
        path,
        sha256,
        kind,
        maven,
        jvm,
        user,
        pid,
        parent,
        command,
        directory,
        machine,
        selfReported);
  }

  /** The same application as the process {@code newPid}, started by {@code newParent}. */
  public Application in(long newPid, String newParent) {
    return new Application(
        id,
        file,
        path,
        sha256,
        kind,
        maven,
        jvm,
        user,
        newPid,
        newParent,
        command,
        directory,
        machine,
        selfReported);
  }

  /** The same application on this machine, of which the decision server is sure. */
  public Application on(String newMachine) {
    return new Application(
        id,
        file,
        path,
        sha256,
        kind,
        maven,
        jvm,
        user,
        pid,
        parent,
        command,
        directory,
        newMachine,
        selfReported);
  }

  /** The same application, measured by nobody but itself. */
  public Application asSelfReported() {
    return new Application(
        id, file, path, sha256, kind, maven, jvm, user, pid, parent, command, directory, machine,
        true);
  }

  /** The id where there is one, else the file name: what people call it. */
  public String label() {
    return id.isEmpty() ? file : id;
  }
}
