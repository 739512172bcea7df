package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.RunName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run: its target, the token that its agents present, and what the server keeps for it. Safe for
 * all threads.
 */
public final class Run {
  /** Bytes of the summary; events and totals in it need more than half a message. */
  private static final int MAX_UNASKED = 26_000;

  private static final int MAX_HANDOVERS = 5_000;

  /** Processes that are remembered before those that have ended are forgotten. */
  private static final int MOST_GREETED = 10_000;

  /** Notices contain names that clients choose. */
  private static final int MAX_NOTICES = 1_000;

  private final String name;
  private final String token;
  private final ClientConnection launcher;
  private final Application application;
  private final String machine;
  private final SummaryCounts counts = new SummaryCounts();
  private final RunAnswers answers = new RunAnswers();
  private final Instant began = Instant.now();
  private final FollowUps followUps = new FollowUps(System::nanoTime);
  private final UnaskedEvents unasked = new UnaskedEvents();
  private final RecordLimit recordLimit = new RecordLimit();
  private final OwnPorts ownPorts = new OwnPorts();
  private final EphemeralPorts ephemeralPorts = new EphemeralPorts();
  private final CodeSources sources;
  private final boolean guarded;
  private final Passes passes = new Passes();
  private final Set<ClientConnection> agents = new HashSet<>();

  /** Connections of the launcher's guard. */
  private final Set<ClientConnection> guards = new HashSet<>();

  private final Map<Long, ClientConnection> measuring = new HashMap<>();
  private final Set<String> notices = new HashSet<>();

  /** The processes that said so, and when they were started. */
  private final Map<Long, String> greeted = new HashMap<>();

  /** An honest launcher answers within some tens of milliseconds. */
  private static final int MOST_BEFORE_ADOPTION = 10_000;

  /** What waits until the launcher adopts orphans; null when it does. */
  private List<Runnable> beforeAdoption = new ArrayList<>();

  private Optional<ProcessHandle> target = Optional.empty();
  private long ids;
  private boolean judged;
  private boolean recorded;
  private boolean finished;
  private boolean launcherGone;
  private boolean asked;

  /** A run without a guard. */
  public Run(String token, ClientConnection launcher, Application application, String machine) {
    this(token, launcher, application, machine, false);
  }

  /**
   * A run.
   *
   * @param guarded whether its launcher's guard brings the system calls of all its processes
   */
  public Run(
      String token,
      ClientConnection launcher,
      Application application,
      String machine,
      boolean guarded) {
    this.guarded = guarded;
    this.token = token;
    this.name = RunName.of(token);
    this.application = application.withMachine(machine);
    this.machine = machine;
    this.launcher = launcher;
    this.sources = new CodeSources(launcher);
  }

  public CodeSources sources() {
    return sources;
  }

  /** The name in the record; not secret. */
  String name() {
    return name;
  }

  public String token() {
    return token;
  }

  SummaryCounts counts() {
    return counts;
  }

  /** When the server learned of it, just before its target is started. */
  Instant began() {
    return began;
  }

  FollowUps followUps() {
    return followUps;
  }

  RunAnswers answers() {
    return answers;
  }

  OwnPorts ownPorts() {
    return ownPorts;
  }

  RecordLimit recordLimit() {
    return recordLimit;
  }

  EphemeralPorts ephemeralPorts() {
    return ephemeralPorts;
  }

  /** What the agents of its JVMs were allowed. */
  Passes passes() {
    return passes;
  }

  /** Whether the launcher's guard brings the system calls of all its processes. */
  boolean isGuarded() {
    return guarded;
  }

  UnaskedEvents unasked() {
    return unasked;
  }

  /** The machine that it runs on. */
  String machine() {
    return machine;
  }

  /** The target, as the launcher measured it. */
  public Application application() {
    return application;
  }

  /** Whether no question of it was asked yet; from now on it was. */
  synchronized boolean isFirstQuestion() {
    boolean first = !asked;
    asked = true;
    return first;
  }

  /** Sends the user a notice, once: to the launcher, or if there is none to the agents. */
  public synchronized void notice(String text) {
    if (notices.size() < MAX_NOTICES && notices.add(text)) {
      Message notice = new Message.Notice(text);
      if (launcher != null) {
        launcher.send(notice);
      } else {
        agents.forEach(agent -> agent.send(notice));
      }
    }
  }

  /** Adds an agent whose application is known. */
  public synchronized void join(ClientConnection agent) {
    agents.add(agent);
  }

  /** Adds the guard on behalf of one process. */
  public synchronized void joinGuard(ClientConnection guard) {
    guards.add(guard);
  }

  /** Adds an agent, and has the launcher measure its process. */
  public synchronized void measure(ClientConnection agent, long pid) {
    agents.add(agent);
    judged = true;
    measuring.put(++ids, agent);
    launcher.send(new Message.Measure(ids, pid));
  }

  /**
   * A process says that it is one of the run.
   *
   * @param started tells it from others that have or had its number
   * @return false when it has said so before: its agent does so once, before the application
   */
  public synchronized boolean greet(long pid, String started) {
    if (greeted.size() >= MOST_GREETED) {
      greeted.keySet().removeIf(each -> ProcessHandle.of(each).isEmpty());
    }
    return !started.equals(greeted.put(pid, started));
  }

  /**
   * Goes on when the launcher adopts what the run's processes leave behind: at once, or by the
   * thread of its connection.
   */
  public void adopt(Runnable then) {
    synchronized (this) {
      if (beforeAdoption != null) {
        if (beforeAdoption.isEmpty()) {
          launcher.send(new Message.Adopt());
        }
        if (beforeAdoption.size() < MOST_BEFORE_ADOPTION) {
          beforeAdoption.add(then);
        }
        return; // a launcher that does not answer: agents deny what they get no answer to
      }
      launcher.send(new Message.Adopt()); // so that it looks for processes now
    }
    then.run();
  }

  /** The launcher's answer. */
  public void adopting() {
    List<Runnable> waiting;
    synchronized (this) {
      waiting = beforeAdoption == null ? List.of() : beforeAdoption;
      beforeAdoption = null;
    }
    waiting.forEach(Runnable::run);
  }

  /** The agent that the launcher's answer is about; null when it is gone. */
  public synchronized ClientConnection measured(long id) {
    return measuring.remove(id);
  }

  public synchronized void remove(ClientConnection agent) {
    measuring.values().remove(agent);
    agents.remove(agent);
    guards.remove(agent);
    if (agent.session().orElse(null) instanceof ClientSession.AgentSession session
        && !session.guard()) {
      passes.gone(session.application().pid());
    }
  }

  /** Agents, and the guard on behalf of each process. */
  synchronized List<ClientConnection> clients() {
    List<ClientConnection> clients = new ArrayList<>(agents);
    clients.addAll(guards);
    return clients;
  }

  public synchronized List<ClientConnection> agents() {
    return new ArrayList<>(agents);
  }

  public synchronized void started(long pid) {
    target = ProcessHandle.of(pid);
  }

  public synchronized Optional<ProcessHandle> target() {
    return target;
  }

  public synchronized void finish() {
    finished = true;
  }

  /** A process without an agent is on record; perhaps the target itself. */
  public synchronized void unjudged(long pid) {
    recorded |= target.filter(process -> process.pid() == pid).isPresent();
  }

  /** Whether nothing was judged, and the record does not tell yet of the target that ran. */
  public synchronized boolean isUnrecorded() {
    return !guarded && !judged && !recorded;
  }

  /** Whether the launcher said that the target ended. */
  public synchronized boolean isFinished() {
    return finished;
  }

  public synchronized void launcherGone() {
    launcherGone = true;
    finished = true;
  }

  /** Whether neither launcher nor agents are connected any more. */
  public synchronized boolean isOver() {
    return launcherGone && agents.isEmpty();
  }

  /** The summary at this moment. */
  public synchronized Message.Summary summary(Policy policy) {
    return new Message.Summary(
        counts.allowed(),
        counts.blind(),
        counts.denied(),
        counts.would(),
        counts.tallies(),
        counts.unnamed(),
        counts.totals(),
        Truncation.fitting(unasked.blocks(policy, began), MAX_UNASKED, "# "),
        counts.handedOver(),
        Truncation.fitting(counts.handovers(), MAX_HANDOVERS, ""),
        agents.size());
  }

  /** What consoles show of it. */
  synchronized QuestionMessage.RunInfo info() {
    Application shown =
        target.map(process -> application.withProcess(process.pid(), "")).orElse(application);
    return new QuestionMessage.RunInfo(
        name,
        machine,
        Truncation.of(shown),
        agents.size(),
        counts.allowed(),
        counts.denied(),
        finished);
  }
}
