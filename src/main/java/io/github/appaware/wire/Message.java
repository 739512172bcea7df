package io.github.appaware.wire;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import java.util.List;

/**
 * The messages of the protocol. A client's first message says what it is: {@link Register} a
 * launcher, {@link Guard} its guard for one process, {@link Hello} an agent of a local run, {@link
 * Join} a process at a remote server, {@link QuestionMessage.Watch} a console; the server answers
 * {@link Welcome} or {@link Refused}. What the client may send from then on depends on which it
 * was. Without a certificate a client of a remote server may send {@link Enroll} and nothing else.
 * A message with an id is answered by one with the same id; answers may come in any order.
 */
public sealed interface Message
    permits Message.Register,
        Message.Guard,
        Message.Vouch,
        Message.Started,
        Message.Measured,
        Message.Unmeasured,
        Message.SourcesMeasured,
        Message.Adopting,
        Message.Unjudged,
        Message.Finish,
        Message.Hello,
        Message.Ask,
        Message.Used,
        Message.Flush,
        Message.Ping,
        Message.Join,
        Message.Welcome,
        Message.Refused,
        Message.Decided,
        Message.Asked,
        Message.Noted,
        Message.Pong,
        Message.Epoch,
        Message.NameServers,
        Message.Stop,
        Message.Measure,
        Message.MeasureSources,
        Message.Adopt,
        Message.Notice,
        Message.Summary,
        Message.Enroll,
        Message.Enrolled,
        Message.Renew,
        Message.Renewed,
        Message.NotRenewed,
        QuestionMessage {
  /** Raised with every change of a message; a server refuses a client of another version. */
  int VERSION = 6;

  // From the launcher.

  /**
   * Makes a run known. First message of a launcher.
   *
   * @param key the secret that only launcher and server share
   * @param token the secret that agents of the run will present
   * @param application the run's target, as measured
   * @param guarded whether the launcher's guard brings the network calls of all its processes
   */
  record Register(int version, String key, String token, Application application, boolean guarded)
      implements Message {
    /** Of a run without a guard. */
    public Register(int version, String key, String token, Application application) {
      this(version, key, token, application, false);
    }
  }

  /**
   * First message of the launcher's guard on behalf of one process, whose system calls it asks
   * about from then on with {@link Ask} and {@link Used}.
   *
   * @param key the secret that only launcher and server share
   * @param token the run's
   * @param application what the process runs, as measured; of a JVM it is the JVM's own program
   */
  record Guard(int version, String key, String token, Application application) implements Message {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Guard[" + application + "]";
    }
  }

  /**
   * Before the first message on a connection that the launcher's guard made in a process's place:
   * for the kernel it is the launcher's. Not answered.
   *
   * @param key the secret that only launcher and server share
   * @param pid the process
   */
  record Vouch(String key, long pid) implements Message {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Vouch[" + pid + "]";
    }
  }

  /** The target was started as this process; the server ends it if the launcher dies before it. */
  record Started(long pid) implements Message {}

  /** Answers {@link Measure}. */
  record Measured(long id, Application application) implements Message {}

  /** Answers {@link Measure} when the process can't be measured; its agent will be refused. */
  record Unmeasured(long id, String why) implements Message {}

  /** Answers {@link MeasureSources}, in the order of its paths; without a hash where it failed. */
  record SourcesMeasured(long id, List<Origin.Source> sources) implements Message {
    public SourcesMeasured {
      sources = List.copyOf(sources);
    }
  }

  /** Answers {@link Adopt}: orphans are adopted from now on, as far as that is possible. */
  record Adopting() implements Message {}

  /**
   * Processes of the run that have no agent and used a network, or could, for the record. Not
   * answered.
   *
   * @param pid the first of them
   * @param command the command line of all
   * @param count how many, at least 1
   * @param at when the first was seen, in milliseconds since 1970
   */
  record Unjudged(long pid, String command, int count, long at) implements Message {}

  /** The run's target has ended. Answered by {@link Summary}. */
  record Finish() implements Message {}

  // From an agent, and from a local server for one.

  /** First message of an agent of a local run. */
  record Hello(int version, String token, long pid) implements Message {}

  /** Asks for a verdict. Answered by {@link Decided}, perhaps after {@link Asked}. */
  record Ask(long id, Event event, Origin origin) implements Message {}

  /**
   * Events that were decided without the server, for its record: by a cached verdict, or denied
   * while the server was unreachable. Not answered.
   *
   * @param origin what caused them, where the verdict depended on that; otherwise unknown
   * @param count how many, at least 1
   * @param at when the first of them happened, in milliseconds since 1970
   */
  record Used(Event event, Origin origin, Verdict verdict, int count, long at) implements Message {}

  // From any client that was welcomed.

  /** Asks the server to finish what this client sent before. Answered by {@link Noted}. */
  record Flush(long id) implements Message {}

  /** The heartbeat. Answered by {@link Pong} at once, whatever else the server has to do. */
  record Ping() implements Message {}

  // From the server.

  /** Answers a client's first message: it is accepted, and this is the policy's epoch. */
  record Welcome(int epoch) implements Message {}

  /** The client is not accepted, or no longer; the server closes the connection. */
  record Refused(String why) implements Message {}

  /**
   * The name servers that the policy names, in place of those before; to an agent. Without such a
   * message there are none.
   */
  record NameServers(List<Address> addresses) implements Message {
    public NameServers {
      addresses = List.copyOf(addresses);
    }
  }

  /** Answers {@link Ask}. */
  record Decided(long id, Verdict verdict) implements Message {}

  /**
   * A person is asked about the event of an {@link Ask}, and has this many milliseconds to answer;
   * {@link Decided} follows.
   */
  record Asked(long id, long millis) implements Message {}

  /**
   * Answers {@link Flush}: what the client reported is in the record, and its answers are in force
   * and stored, or refused.
   */
  record Noted(long id) implements Message {}

  /** Answers {@link Ping}. */
  record Pong() implements Message {}

  /** The policy has changed, to this epoch; cached verdicts of other epochs are void. */
  record Epoch(int epoch) implements Message {}

  /** To an agent of a local run: the launcher is gone, so the JVM must end. */
  record Stop(String why) implements Message {}

  /** To the launcher: identify this process. */
  record Measure(long id, long pid) implements Message {}

  /** To the launcher: hash these files. */
  record MeasureSources(long id, List<String> paths) implements Message {
    public MeasureSources {
      paths = List.copyOf(paths);
    }
  }

  /**
   * To the launcher: the run is about to do what can leave processes behind; adopt them. Answered
   * by {@link Adopting}.
   */
  record Adopt() implements Message {}

  /** To any client but a console: a text for the user. */
  record Notice(String text) implements Message {}

  /**
   * Answers {@link Finish}.
   *
   * @param blind those of the allowed events that are blind
   * @param would events that were allowed in audit mode alone
   * @param tallies the events that are named, those that the policy does not allow first
   * @param unnamed how many events, of those that would be named, are not
   * @param totals of hosts and libraries, in the modes that are there to see them
   * @param unasked the lines of a policy that allows what was denied because there was no one to
   *     ask; empty when there was nothing
   * @param handedOver allowed events that reached a process outside of the run, without a rule or
   *     an answer that names it
   * @param handovers the first distinct ones: event and process
   * @param left agents still connected: processes that the target left behind
   */
  record Summary(
      long allowed,
      long blind,
      long denied,
      long would,
      List<Tally> tallies,
      long unnamed,
      List<Total> totals,
      List<String> unasked,
      long handedOver,
      List<String> handovers,
      int left)
      implements Message {
    public Summary {
      handovers = List.copyOf(handovers);
      tallies = List.copyOf(tallies);
      totals = List.copyOf(totals);
      unasked = List.copyOf(unasked);
    }
  }

  /**
   * Events of a run that differ in nothing that its summary shows.
   *
   * @param verdict what became of them, or would have
   * @param event kind and far end
   * @param origin the library and its class; empty if unknown
   * @param reason why
   * @param count how many there were
   */
  record Tally(TallyKind verdict, String event, String origin, String reason, long count) {}

  /** What became of events. The order is part of the wire format: append only. */
  enum TallyKind {
    DENIED,
    WOULD_BE_DENIED,
    WOULD_BE_ASKED,
    ALLOWED
  }

  /**
   * All events of a run with one host or one library.
   *
   * @param kind of which of the two
   * @param name empty for all those that have no total of their own
   * @param allowed events that were allowed, the next ones too
   * @param denied events that were denied
   * @param would events that were allowed in audit mode alone
   */
  record Total(TotalKind kind, String name, long allowed, long denied, long would) {}

  /** What events are counted by. The order is part of the wire format: append only. */
  enum TotalKind {
    HOST,
    LIBRARY
  }

  /**
   * First message at a remote server on behalf of one process: of the local server of its run, or
   * of the agent itself where there is no launcher.
   *
   * @param run names the run among those of the same machine, also after a reconnect
   * @param application as it was measured
   * @param selfReported whether the process measured itself
   */
  record Join(int version, String run, Application application, boolean selfReported)
      implements Message {}

  // About certificates, at a remote server.

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
   * Asks for a new certificate in place of the one that the client connected with; may come at any
   * time, also first. Answered by {@link Renewed} or {@link NotRenewed}.
   *
   * @param publicKey X.509 SubjectPublicKeyInfo in Base64
   * @param proof that the sender has the private key, in Base64
   */
  record Renew(int version, String publicKey, String proof) implements Message {}

  /** Answers {@link Renew}: the certificate, DER in Base64. */
  record Renewed(String certificate) implements Message {}

  /** Answers {@link Renew}; the present certificate stays what it was. */
  record NotRenewed(String why) implements Message {}
}
