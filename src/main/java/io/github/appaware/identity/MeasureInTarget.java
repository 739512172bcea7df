package io.github.appaware.identity;

import io.github.appaware.event.Application;
import java.util.function.Supplier;

/**
 * Measures the JVM that it is loaded in, for an agent that no launcher started, through JDK types:
 * file, path, SHA-256, kind, Maven coordinates, JVM, user, process id, command, directory, and the
 * {@link Target#notice}. As the launcher would have: the same application has the same hash.
 */
public final class MeasureInTarget implements Supplier<Object[]> {
  /** For the agent, which can reach public members only. */
  public MeasureInTarget() {}

  /**
   * Measures.
   *
   * @throws IllegalStateException whose message says why it failed
   */
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
