package io.github.appaware.wire;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.util.List;

/**
 * Everything that is ever said on a connection. The first message of a client is {@link Register}
 * or {@link Hello}, answered by {@link Welcome} or {@link Refused}; what a client may say then
 * depends on which it was. A message with an id is answered by one with the same id, in any order.
 */
public sealed interface Message
    permits Message.Register,
        Message.Started,
        Message.Measured,
        Message.Unmeasured,
        Message.SourcesMeasured,
        Message.Finish,
        Message.Hello,
        Message.Ask,
        Message.Used,
        Message.Flush,
        Message.Join,
        Message.Welcome,
        Message.Refused,
        Message.Decided,
        Message.Asked,
        Message.Noted,
        Message.Epoch,
        Message.Stop,
        Message.Measure,
        Message.MeasureSources,
        Message.Notice,
        Message.Summary,
        Message.Enroll,
        Message.Enrolled,
        Message.Renew,
        Message.Renewed,
        Message.NotRenewed,
        QuestionMessage {
  /** Raised when an older side could misunderstand; sides of different versions don't talk. */
  int VERSION = 1;

  // From the launcher.

  /**
   * Makes a run known. First message of a launcher.
   *
   * @param key the secret that only launcher and server share
   * @param token the secret that agents of the run will present
   * @param application the run's target, as measured
   */
  record Register(int version, String key, String token, Application application)
      implements Message {}

  /** The target runs as this process, which ends with the launcher. */
  record Started(long pid) implements Message {}

  /** Answers {@link Measure}. */
  record Measured(long id, Application application) implements Message {}

  /** Answers {@link Measure} when the process can't be measured; its agent will be refused. */
  record Unmeasured(long id, String why) implements Message {}

  /** Answers {@link MeasureSources}, in the order of its paths; unmeasured where it can't be. */
  record SourcesMeasured(long id, List<Origin.Source> sources) implements Message {
    public SourcesMeasured {
      sources = List.copyOf(sources);
    }
  }

  /** The run's target has ended. Answered by {@link Summary}. */
  record Finish(long id) implements Message {}

  // From an agent.

  /** First message of an agent. */
  record Hello(int version, String token, long pid) implements Message {}

  /** What about this event? Answered by {@link Decided}. */
  record Ask(long id, Event event, Origin origin) implements Message {
    /** Nobody knows who caused it. */
    public Ask(long id, Event event) {
      this(id, event, Origin.UNKNOWN);
    }
  }

  /**
   * The agent used a cached verdict.
   *
   * @param origin who caused it, where the verdict depended on that, else unknown
   * @param at when, milliseconds since 1970; the first of them when {@code count} is more than 1
   */
  record Used(Event event, Origin origin, Verdict verdict, int count, long at) implements Message {
    /** Whoever caused it. */
    public Used(Event event, Verdict verdict, int count, long at) {
      this(event, Origin.UNKNOWN, verdict, count, at);
    }
  }

  /** The agent's JVM ends: everything it had to say is said. Answered by {@link Noted}. */
  record Flush(long id) implements Message {}

  // From the server.

  /** The connection is accepted. */
  record Welcome(int epoch) implements Message {}

  /** It is not, or no longer; the server closes it. */
  record Refused(String why) implements Message {}

  /** Answers {@link Ask}. */
  record Decided(long id, Verdict verdict) implements Message {}

  /**
   * About an {@link Ask}: a person is asked. {@link Decided} comes within so many milliseconds, and
   * the time that any answer takes.
   */
  record Asked(long id, long millis) implements Message {}

  /** Answers {@link Flush}: all of it is in the record. */
  record Noted(long id) implements Message {}

  /** The policy's version is now this one; cached verdicts of others are void. */
  record Epoch(int epoch) implements Message {}

  /** To an agent: the run is over without its launcher, the JVM must end. */
  record Stop(String why) implements Message {}

  /** To the launcher: who is this process? */
  record Measure(long id, long pid) implements Message {}

  /** To the launcher: what is in these jars? */
  record MeasureSources(long id, List<String> paths) implements Message {
    public MeasureSources {
      paths = List.copyOf(paths);
    }
  }

  /** To the launcher: tell the user. */
  record Notice(String text) implements Message {}

  /**
   * Answers {@link Finish}.
   *
   * @param denials the first different denials: event and reason
   * @param unasked the policy that would allow what would have been asked, had there been anybody,
   *     line by line; empty when there was nothing
   * @param left agents still connected: processes that the target left behind
   */
  record Summary(
      long id, long allowed, long denied, List<String> denials, List<String> unasked, int left)
      implements Message {
    public Summary {
      denials = List.copyOf(denials);
      unasked = List.copyOf(unasked);
    }
  }

  /**
   * First message at a remote server of whoever asks for one process: a local server, or the agent
   * itself. Answered by {@link Welcome} or {@link Refused}; what is said then is as between an
   * agent and its server.
   *
   * @param run names the run among those of the same machine, also after a reconnect
   * @param application as it was measured
   * @param selfReported whether nobody but the process itself measured it
   */
  record Join(int version, String run, Application application, boolean selfReported)
      implements Message {}

  // About certificates, between whoever has or wants one and a remote server.

  /**
   * Asks for the first certificate. First message of a client that has none. Answered by {@link
   * Enrolled} or {@link Refused}.
   *
   * @param token the token's secret part
   * @param name the name wanted, or empty for the token's, or the host's
   * @param host the host's own name
   * @param publicKey X.509 SubjectPublicKeyInfo in Base64
   * @param proof that the sender has the private key, in Base64
   */
  record Enroll(int version, String token, String name, String host, String publicKey, String proof)
      implements Message {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Enroll[name=" + name + ", host=" + host + "]";
    }
  }

  /** Answers {@link Enroll}: the certificate, DER in Base64. */
  record Enrolled(String certificate) implements Message {}

  /**
   * Asks for the next certificate, by the present one's right. May be the first message of a
   * client, or any later one.
   */
  record Renew(int version, long id, String publicKey, String proof) implements Message {}

  /** Answers {@link Renew}: the certificate, DER in Base64. */
  record Renewed(long id, String certificate) implements Message {}

  /** Answers {@link Renew}; the present certificate stays what it was. */
  record NotRenewed(long id, String why) implements Message {}
}
