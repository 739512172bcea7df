package io.github.appaware.server;

import static java.util.stream.Collectors.joining;

import io.github.appaware.event.Application;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last answers of each responder that still hold, so that it can take them back. Safe for all
 * threads; what it writes, it writes on the caller's.
 */
final class GivenAnswers {
  /** Of one responder; a person takes back the last few. */
  private static final int MOST = 50;

  /** An answer for the run, and once it is saved, where. */
  static final class Given {
    private final Run run;
    private final Application app;
    private final List<PolicyEntry> rules;
    private volatile List<Answers.Saved> saved = List.of();

    Given(Run run, Application app, List<PolicyEntry> rules) {
      this.run = run;
      this.app = app;
      this.rules = List.copyOf(rules);
    }

    /** They are on disk now. */
    void saved(List<Answers.Saved> where) {
      saved = List.copyOf(where);
    }
  }

  private final PolicyStore store;
  private final Runnable reload;
  private final Runnable renew;
  private final Map<ClientConnection, Map<Long, Given>> all = new HashMap<>();

  /**
   * Nothing was answered yet.
   *
   * @param reload puts in force what the store holds now
   * @param renew makes verdicts invalid that agents use again
   */
  GivenAnswers(PolicyStore store, Runnable reload, Runnable renew) {
    this.store = store;
    this.reload = reload;
    this.renew = renew;
  }

  /** The client answered the question with this. */
  synchronized void add(ClientConnection client, long question, Given given) {
    Map<Long, Given> own = all.computeIfAbsent(client, unused -> new LinkedHashMap<>());
    own.put(question, given);
    if (own.size() > MOST) {
      own.remove(own.keySet().iterator().next());
    }
  }

  /** The client is gone, or does not answer any more. */
  synchronized void forget(ClientConnection client) {
    all.remove(client);
  }

  private synchronized Given remove(ClientConnection client, long question) {
    Map<Long, Given> own = all.getOrDefault(client, Map.of());
    return own.isEmpty() ? null : own.remove(question);
  }

  /**
   * From now on the answer does not hold; what it decided so far stays.
   *
   * @return what became of its rule, or empty
   * @throws AnswerException if it still holds
   */
  String takeBack(ClientConnection client, long question) throws AnswerException {
    Given given = remove(client, question);
    if (given == null) {
      throw new AnswerException("there is no such answer any more");
    }
    List<Answers.Saved> saved = given.saved;
    try {
      for (Answers.Saved each : saved) {
        store.withdraw(each);
        given.saved = given.saved.subList(1, given.saved.size());
      }
    } catch (EditException e) {
      add(client, question, given);
      throw new AnswerException(e.getMessage());
    }
    given.run.answers().remove(given.app, given.rules);
    if (saved.isEmpty()) {
      renew.run();
      return "";
    }
    reload.run();
    String ids = saved.stream().map(each -> "\"" + each.id() + "\"").collect(joining(", "));
    return "removed rule " + ids + " from " + saved.get(0).file();
  }
}
