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
 * Where the policy lives and where answers are kept: files, or something that several servers
 * share. Safe for all threads.
 *
 * <p>A store that can't be reached leaves the policy in force as it is: {@link #changed} has
 * nothing to say, the loss goes to the notices, and {@link #append} refuses.
 */
public interface PolicyStore extends Closeable {
  /**
   * Reads the whole policy, before anything else is done with the store.
   *
   * @throws PolicyException with all problems of all parts
   * @throws IOException when the store can't be reached
   */
  Policy load() throws PolicyException, IOException;

  /**
   * What became of the policy since {@link #load} or this method last returned one or threw. Cheap
   * when nothing did; sees what {@link #append} saved before.
   *
   * @throws PolicyException once for each change that is no good
   */
  Optional<Policy> changed() throws PolicyException;

  /**
   * Begins to watch; a change by anybody is known to {@link #changed} within a second.
   *
   * @param look to be run when {@link #changed} may have something to say; a store that is asked
   *     often enough anyway need not
   * @param notices is told when the store is lost and when it is back, a sentence each
   */
  void watch(Runnable look, Consumer<String> notices);

  /**
   * Saves all of them, or none. When it returns, they are durable; takes some two seconds at most
   * where a network is in between.
   *
   * @return a place for each block that is not null
   * @throws EditException if it is not certain that they are saved
   */
  List<Answers.Saved> append(List<Answers.Addition> additions) throws EditException;

  /**
   * The lines that {@link #append} would write now; an id in them may be taken until then.
   *
   * @throws EditException if they would be refused
   */
  List<String> preview(List<Answers.Addition> additions) throws EditException;

  /** Why what is stored can't be seen or changed now, or empty. */
  default String trouble() {
    return "";
  }

  /** Grows whenever what is stored changes: for people and figures. */
  long revision();

  /** Where answers go, as people know it: the path of a file. */
  String answers();

  /** Where that is, as notices say it: {@code on disk}. */
  String place();
}
