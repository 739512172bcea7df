package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.event.Application;
import io.github.appaware.jvm.HarmlessOptions;
import io.github.appaware.jvm.JavaCommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run, or a running process, measured.
 *
 * @param command the command as given, the executable's name first
 * @param executable absolute, as found on the search path, its symbolic links not resolved; of a
 *     running process the real path
 * @param application what was measured, without id and parent; the process id is 0 until it runs
 * @param java the JDK, when the executable is its {@code java} launcher
 * @param line what the {@code java} launcher reads from the command; present exactly when {@code
 *     java} is
 * @param notice a sentence for the user if the application has no hash because its files are too
 *     many or too large, or because of an option of the JVM; else empty
 * @param findings the options of its JVM that are not harmless
 * @param endsBeforeAgents whether its JVM only prints something, and starts no agent
 * @param files what was hashed, and what it was like
 */
public record Target(
    List<String> command,
    Path executable,
    Application application,
    Optional<JavaHome> java,
    Optional<JavaCommandLine> line,
    String notice,
    List<HarmlessOptions.Finding> findings,
    boolean endsBeforeAgents,
    Map<Path, Stamp> files) {
  public Target {
    command = List.copyOf(command);
    findings = List.copyOf(findings);
    files = Map.copyOf(files);
  }

  /** The same without its hash: it would not be that of the code that runs. */
  Target withoutHash(String reason) {
    return with(
        application.toBuilder().sha256("").build(), Measurement.notice(application.file(), reason));
  }

  /** The same as a process. */
  Target as(long pid) {
    return with(application.withProcess(pid, ""), notice);
  }

  /** The same, whose names mean what its settings say. */
  Target withNamesChangedBy(String cause) {
    String told = notice.isEmpty() ? quoted(application.file()) + ": " + cause : notice;
    return with(
        application.withNamesChangedBy(cause),
        told + "; rules that allow a host do not apply to it");
  }

  private Target with(Application changed, String newNotice) {
    return new Target(
        command, executable, changed, java, line, newNotice, findings, endsBeforeAgents, files);
  }
}
