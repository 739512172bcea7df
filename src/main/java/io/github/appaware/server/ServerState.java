package io.github.appaware.server;

/**
 * The state of a server at one moment.
 *
 * @param epoch of the policy in force
 * @param runs with an agent now or within the last minute
 * @param agents that are connected
 * @param consoles that are connected
 * @param questions that wait for a person
 * @param record why nothing can be recorded any more, or empty
 * @param store why the policy is not in step with the store, or empty
 */
public record ServerState(
    int epoch, int runs, int agents, int consoles, int questions, String record, String store) {
  /** Whether record and store work. */
  public boolean isHealthy() {
    return record.isEmpty() && store.isEmpty();
  }
}
