package io.github.appaware.identity;

import io.github.appaware.event.Application;
import java.util.function.Supplier;

/**
 * Measures the JVM that it is loaded in, for an agent without a launcher, as the launcher would:
 * the same application has the same hash. The result has JDK types only: file, path, SHA-256, kind,
 * Maven coordinates, JVM, user, process id, command, directory, and the {@link Target#notice}.
 */
public final class MeasureInTarget implements Supplier<Object[]> {
  /** Called by the agent, by reflection. */
  public MeasureInTarget() {}

  /** Measures this JVM. * * @throws IllegalStateException if it fails; the message says why */
  @Override
  public Object[] get() {
    try {
      Target target = Identifier.measure(ProcessHandle.current().pid());
      Application a = target.application();
      return new Object[] {
        a.file(),
        a.path(),
        a.sha256(),
        a.kind().name(),
        a.maven(),
        a.jvm(),
        a.user(),
        a.pid(),
        a.command().toArray(String[]::new),
        a.directory(),
        target.notice()
      };
    } catch (TargetException e) {
      String help = e.help().isEmpty() ? "" : " (" + e.help() + ")";
      throw new IllegalStateException(e.getMessage() + help, e);
    }
  }
}
