package io.github.appaware.server;

import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the policy and answers are stored: in files, or in a store that several servers share. Safe
 * for all threads.
 *
 * <p>While a store can't be reached, the policy in force stays: {@link #changed} returns nothing,
 * the notices tell of the loss, and {@link #append} fails.
 */
public interface PolicyStore extends Closeable {
  /**
   * Reads the whole policy. To be called first.
   *
   * @throws PolicyException with all problems of all parts
   * @throws IOException when the store can't be reached
   */
  Policy load() throws PolicyException, IOException;

  /**
   * The policy, if it changed since {@link #load} or this method last returned one or threw. Cheap
   * when it did not; includes what {@link #append} saved before.
   *
   * @throws PolicyException once for each change that has problems
   */
  Optional<Policy> changed() throws PolicyException;

  /**
   * Begins to watch: {@link #changed} sees any change within a second.
   *
   * @param look run when {@link #changed} may return something; a store whose {@link #changed} sees
   *     changes when called need not run it
   * @param notices receives a sentence when the store is lost, and when it is back
   */
  void watch(Runnable look, Consumer<String> notices);

  /**
   * Saves all of them, or none. When it returns, they are durable; takes at most some two seconds
   * over a network.
   *
   * @return where each entry that is not null was saved
   * @throws EditException if it is not certain that they are saved
   */
  List<Answers.Saved> append(List<Answers.Addition> additions) throws EditException;

  /**
   * Removes a rule that {@link #append} saved, durably.
   *
   * @throws EditException if it is not certain that it is removed
   */
  default void withdraw(Answers.Saved saved) throws EditException {
    throw new EditException("rule `" + saved.id() + "` can't be removed from here", "");
  }

  /**
   * The lines that {@link #append} would write now; an id in them may be taken until then.
   *
   * @throws EditException if they would be refused
   */
  List<String> preview(List<Answers.Addition> additions) throws EditException;

  /**
   * Adds a hash to those of an application; durable when it returns.
   *
   * @return where: {@code policy.toml:5}
   * @throws EditException if it is not certain that it is saved
   */
  default String addHash(String id, String sha256) throws EditException {
    throw new EditException(
        "the policy is stored elsewhere", "add the hash to its `[[app]]` \"" + id + "\"");
  }

  /** Why the store can't be read or changed now, or empty. */
  default String trouble() {
    return "";
  }

  /** Grows with each change of what is stored: for messages and metrics. */
  long revision();

  /** Where answers are saved, as users know it: the path of a file. */
  String answers();

  /** Where the policy is, in words: {@code on disk}. */
  String place();
}
