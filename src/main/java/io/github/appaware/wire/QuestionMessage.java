package io.github.appaware.wire;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import java.util.List;

/**
 * The messages between a server and the clients that can answer questions: the launcher, for the
 * terminal, and consoles. A client may send them once it was welcomed as one of these.
 */
public sealed interface QuestionMessage extends Message {
  // From a client that answers.

  /**
   * First message of a console on the server's own socket; answered by {@link Message.Welcome}.
   *
   * @param key the secret of consoles
   * @param user the name of the user
   */
  record Watch(int version, String key, String user) implements QuestionMessage {}

  /** Whether questions may be put to this client from now on; at first they may not. */
  record Attend(boolean able) implements QuestionMessage {}

  /**
   * From now on this client shows its user that questions wait, so that they do; others answer
   * them.
   */
  record Announce() implements QuestionMessage {}

  /** An answer. Answered by {@link Answered}. */
  record Answer(long id, long question, Choice choice) implements QuestionMessage {}

  /** What would be written into the policy? Answered by {@link Previewed}. */
  record Preview(long id, long question, Choice choice) implements QuestionMessage {}

  /** All that is known. Answered by {@link Details}. */
  record Inspect(long id, long question) implements QuestionMessage {}

  /** This client leaves the question to others; it is denied when there are none. */
  record Dismiss(long question) implements QuestionMessage {}

  /** Denies the question, all others of its run, and all that would be asked in it later. */
  record DenyRest(long question) implements QuestionMessage {}

  /** The person here has begun to answer: the time stands still, for a while. */
  record Engage(long question) implements QuestionMessage {}

  /**
   * Takes back what this client answered to a question, for all that follows. Answered by {@link
   * Answered}.
   */
  record TakeBack(long id, long question) implements QuestionMessage {}

  /**
   * The application is the one that the policy knows as {@link Question#formerly}, built anew: its
   * hash is added there. Answered by {@link Answered}; the question stays open unless a rule
   * decides it then.
   */
  record Pin(long id, long question) implements QuestionMessage {}

  // From the server.

  /**
   * A question that waits, or what has changed about it.
   *
   * @param id of the question, for the server's life
   * @param run the run's public name
   * @param machine where the application runs
   * @param application that caused the event
   * @param standing what the policy knows of it
   * @param event what is asked; the first of those that the question stands for
   * @param origin of the same
   * @param tries how often it was asked so far
   * @param left milliseconds until it is denied
   * @param total milliseconds that it had at first
   * @param others how many other questions wait with it, as far as this client may answer
   * @param offers what an answer can be about, narrow ones first
   * @param formerly the id that the application has in the policy with another hash, or empty
   * @param elsewhere whether another person is asked too
   */
  record Question(
      long id,
      String run,
      String machine,
      Application application,
      Standing standing,
      Event event,
      Origin origin,
      int tries,
      long left,
      long total,
      int others,
      List<Offer> offers,
      String formerly,
      boolean elsewhere)
      implements QuestionMessage {
    public Question {
      offers = List.copyOf(offers);
    }

    /** About an application that is not known otherwise, asked of several people. */
    public Question(
        long id,
        String run,
        String machine,
        Application application,
        Standing standing,
        Event event,
        Origin origin,
        int tries,
        long left,
        long total,
        int others,
        List<Offer> offers) {
      this(
          id,
          run,
          machine,
          application,
          standing,
          event,
          origin,
          tries,
          left,
          total,
          others,
          offers,
          "",
          true);
    }

    /** The same, as if it were of this machine; empty when that goes without saying. */
    public Question on(String where) {
      return new Question(
          id,
          run,
          where,
          application,
          standing,
          event,
          origin,
          tries,
          left,
          total,
          others,
          offers,
          formerly,
          elsewhere);
    }
  }

  /** What the policy knows of an application. The order is part of the wire format: append only. */
  enum Standing {
    /** No {@code [[app]]} has its file name. */
    NEW,
    /** One has its file name and its hash, or pins no hash. */
    KNOWN,
    /** One has its file name, but it is another file by now. */
    CHANGED
  }

  /**
   * One scope that an answer can have.
   *
   * @param words what it is about: {@code repo1.maven.org, any port}
   */
  record Offer(Choice.Scope scope, String words) {}

  /**
   * A question is over, for whatever reason.
   *
   * @param allowed what became of it
   * @param by the user who answered, or empty when no one did
   * @param how {@code by an answer}, {@code in time}: completes "denied ..."
   */
  record Settled(long question, boolean allowed, String by, String how)
      implements QuestionMessage {}

  /**
   * Answers {@link Answer}.
   *
   * @param accepted whether it is in force; what was to be stored is on disk then
   * @param text {@code saved as rule "a" (policy.toml:12)}, or why it is not; may be empty
   */
  record Answered(long id, boolean accepted, String text) implements QuestionMessage {}

  /**
   * Answers {@link Preview}.
   *
   * @param file that would be written, or empty when nothing would
   * @param lines that would be written
   * @param problem why nothing can be written, or empty
   */
  record Previewed(long id, String file, List<String> lines, String problem)
      implements QuestionMessage {
    public Previewed {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Answers {@link Inspect}; empty when the question is over.
   *
   * @param stack all frames that are known, the innermost first
   * @param processes the application and what started it, the outermost first
   * @param rules that nearly match, and why they do not
   */
  record Details(long id, List<String> stack, List<String> processes, List<String> rules)
      implements QuestionMessage {
    public Details {
      stack = List.copyOf(stack);
      processes = List.copyOf(processes);
      rules = List.copyOf(rules);
    }
  }

  /**
   * To a console: a run, or what has changed about it.
   *
   * @param agents how many JVMs of it are connected
   * @param over whether it ended
   */
  record RunInfo(
      String run,
      String machine,
      Application application,
      int agents,
      long allowed,
      long denied,
      boolean over)
      implements QuestionMessage {}

  /** To a console: an event, as a line of the record. */
  record Happened(String line) implements QuestionMessage {}

  /** To a console: the number of events that were not sent to it, as it reads too slowly. */
  record Missed(long events) implements QuestionMessage {}
}
