package io.github.appaware.agent;

import java.nio.file.Path;
import java.util.Map;

/**
 * A process that is about to start.
 *
 * @param command with the program first; argument files of a JVM are in place
 * @param environment as given; null for this process's own
 * @param launcher the file, if it is a program called {@code java}, or null
 * @param isOwnJava whether that is the {@code java} of the JDK that this process runs on
 * @param isHarmless whether it is, and runs what its command says under the agent's hooks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Child(
    String[] command,
    Map<String, String> environment,
    Path launcher,
    boolean isOwnJava,
    boolean isHarmless) {
  /** The same, which may run other code. */
  Child harmful() {
    return new Child(command, environment, launcher, isOwnJava, false);
  }
}
