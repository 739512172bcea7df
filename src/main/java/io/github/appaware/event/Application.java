package io.github.appaware.event;

import java.util.List;
import java.util.Objects;

/**
 * The running program, measured from outside its process unless it is {@code selfReported}.
 *
 * @param id the policy's name for it; empty when no {@code [[app]]} of the policy matches
 * @param file the name that policies match: a jar's or program's file name, the main class of a
 *     class path, the module's name
 * @param path the absolute path of what was hashed; for a class path the whole path
 * @param sha256 64 lower-case hexadecimal digits, or empty if nothing could be hashed: such an
 *     application never gets an id that is pinned to a hash
 * @param kind what was hashed
 * @param maven {@code group:artifact:version} if the jar states it, else empty
 * @param jvm the Java version of the JVM that runs it, or empty for a native program
 * @param user the name of the user that it runs as
 * @param pid its process id; 0 until it runs
 * @param parent the id, or without one the file name, of the application that started it; empty for
 *     the run's own target
 * @param command the command line
 * @param directory its working directory
 * @param machine the machine that it runs on, as verified by the decision server; empty for a local
 *     run. Never sent by a client: see {@link #withMachine}
 * @param selfReported whether the process measured itself: then everything here is its own claim
 * @param namesChangedBy what makes a name mean another address to it than to the rest of the run,
 *     as a file of hosts that the program gave its child; else empty. No allowance of a host
 *     applies to it, while denials do
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
    boolean selfReported,
    String namesChangedBy) {
  /** What was hashed. The order is part of the wire format: append only. */
  public enum Kind {
    /** {@code java -jar}: the jar's bytes. */
    JAR("jar"),
    /** {@code java -cp}: the entries in order. */
    CLASSPATH("class path"),
    /** {@code java -m}: the entries of the module path in order. */
    MODULE("module"),
    /** {@code java Main.java}: the source file, then the class path. */
    SOURCE("source"),
    /** Any program but the {@code java} launcher: its executable. */
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
    Objects.requireNonNull(kind, "kind");
    command = List.copyOf(command);
  }

  /** Builds an application: all components are empty, and the pid 0, until set. */
  public static ApplicationBuilder builder() {
    return new ApplicationBuilder();
  }

  /** Builds a copy of this application. */
  public ApplicationBuilder toBuilder() {
    return new ApplicationBuilder()
        .id(id)
        .file(file)
        .path(path)
        .sha256(sha256)
        .kind(kind)
        .maven(maven)
        .jvm(jvm)
        .user(user)
        .pid(pid)
        .parent(parent)
        .command(command)
        .directory(directory)
        .machine(machine)
        .selfReported(selfReported)
        .namesChangedBy(namesChangedBy);
  }

  /** This application with the id that a policy gives it. */
  public Application withId(String newId) {
    return toBuilder().id(newId).build();
  }

  /** This application as the process {@code newPid}, started by {@code newParent}. */
  public Application withProcess(long newPid, String newParent) {
    return toBuilder().pid(newPid).parent(newParent).build();
  }

  /** This application on a machine, whose name the decision server has verified. */
  public Application withMachine(String newMachine) {
    return toBuilder().machine(newMachine).build();
  }

  /** This application, marked as measured by itself. */
  public Application asSelfReported() {
    return toBuilder().selfReported(true).build();
  }

  /** This application, whose names prove nothing because of {@code cause}. */
  public Application withNamesChangedBy(String cause) {
    return toBuilder().namesChangedBy(cause).build();
  }

  /** Whether a name may mean another address to it than to the rest of the run. */
  public boolean changesNames() {
    return !namesChangedBy.isEmpty();
  }

  /** The name for people: the id if there is one, else the file name. */
  public String label() {
    return id.isEmpty() ? file : id;
  }
}
