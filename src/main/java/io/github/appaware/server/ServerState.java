package io.github.appaware.server;

/**
 * How a server is, at one moment.
 *
 * @param epoch of the policy in force
 * @param runs with an agent now, or a minute ago
 * @param agents connected ones
 * @param consoles connected ones
 * @param questions those that wait for a person
 * @param record why nothing can be recorded any more, or empty
 * @param store why the policy is no longer in step with where it lives, or empty
 */
public record ServerState(
    int epoch, int runs, int agents, int consoles, int questions, String record, String store) {
  /** Whether it does all that it is there for. */
  public boolean isHealthy() {
    return record.isEmpty() && store.isEmpty();
  }
}
