package io.github.appaware.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that a server knows. Consoles see each change. Safe for all threads. */
public final class RunRegistry {
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final Consoles consoles;

  RunRegistry(Consoles consoles) {
    this.consoles = consoles;
  }

  public Collection<Run> all() {
    return runs.values();
  }

  public Optional<Run> find(String key) {
    return Optional.ofNullable(runs.get(key));
  }

  public void add(String key, Run run) {
    runs.put(key, run);
    changed(run);
  }

  public void remove(String key) {
    Run removed = runs.remove(key);
    if (removed != null) {
      changed(removed);
    }
  }

  /** Shows consoles what became of a run. */
  public void changed(Run run) {
    consoles.run(run.info());
  }

  /** Sends the users of all runs a notice. */
  public void noticeAll(String text) {
    runs.values().forEach(run -> run.notice(text));
  }

  /** All of them, for an administrator, by machine and name. */
  public List<ServerStatus.KnownRun> known() {
    return runs.values().stream()
        .map(
            run ->
                new ServerStatus.KnownRun(
                    run.name(), run.machine(), run.application().label(), run.agents().size()))
        .sorted(
            Comparator.comparing(ServerStatus.KnownRun::machine)
                .thenComparing(ServerStatus.KnownRun::name))
        .toList();
  }

  /** How many agents are connected. */
  int agents() {
    return runs.values().stream().mapToInt(run -> run.agents().size()).sum();
  }
}
