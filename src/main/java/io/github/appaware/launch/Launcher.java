package io.github.appaware.launch;

import io.github.appaware.event.Application;
import io.github.appaware.hook.WeavingException;
import io.github.appaware.hook.WovenStore;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.JavaHome;
import io.github.appaware.identity.OwnOptions;
import io.github.appaware.identity.Target;
import io.github.appaware.identity.TargetException;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs one target under a policy. The server is started first, as it takes longest, while the
 * target is identified and its JDK's classes are woven; the target is started last.
 */
public final class Launcher {
  private final Installation installation;
  private final String serverMain;
  private final Map<String, String> environment;
  private final Path directory;
  private final UserNotices teller;
  private final QuestionHandler answerer;

  /**
   * A launcher.
   *
   * @param serverMain the main class of the server's process, in the tool's jar
   * @param environment this process's, which the target gets
   * @param directory this process's working directory, which the target gets
   * @param teller shows notices
   * @param answerer puts questions to the user
   */
  public Launcher(
      Installation installation,
      String serverMain,
      Map<String, String> environment,
      Path directory,
      UserNotices teller,
      QuestionHandler answerer) {
    this.installation = installation;
    this.serverMain = serverMain;
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.teller = teller;
    this.answerer = answerer;
  }

  /**
   * Starts the target and waits for its end.
   *
   * @throws LaunchException when nothing was started, or the run was stopped
   */
  public RunOutcome run(RunOptions options) throws LaunchException {
    Path runDirectory;
    try {
      runDirectory = RunDirectory.create(environment);
    } catch (IOException e) {
      throw new LaunchException(
          "can't make a private directory: " + e.getMessage(),
          "set XDG_RUNTIME_DIR to a directory that you can write");
    }
    String key = RandomSecret.make();
    ServerProcess server = null;
    try {
      server =
          ServerProcess.start(
              installation,
              serverMain,
              new ServerOptions(
                  runDirectory,
                  key,
                  options.mode(),
                  options.blind(),
                  options.log(),
                  options.policies(),
                  options.answers(),
                  options.upstream()));
      RunOutcome outcome = run(options, runDirectory, key, server);
      RunDirectory.sweep(environment);
      return outcome;
    } catch (LaunchException e) {
      if (server != null) {
        server.kill();
        awaitEnd(server);
      }
      throw e;
    } finally {
      if (server == null || !server.isAlive()) {
        delete(runDirectory);
      }
    }
  }

  private RunOutcome run(RunOptions options, Path runDirectory, String key, ServerProcess server)
      throws LaunchException {
    Target target = identify(options.command());
    String bundle = weave(target, runDirectory);
    server.awaitReady();
    String token = RandomSecret.make();
    writeAgentOptions(target, runDirectory, token, bundle);
    Members members =
        new Members(target.application(), own(runDirectory), new RunTree(runDirectory), teller);
    tellNotice(target, teller);
    ServerLink link =
        ServerLink.open(
            RunDirectory.socket(runDirectory),
            key,
            token,
            target.application(),
            members,
            teller,
            answerer);
    // A program that is paused for a question could not end by itself.
    var unused = link.lost().thenRun(answerer::leave);
    try {
      answerer.begin(link::send, members::processes);
      Process process = start(target, runDirectory, options.command());
      members.target(process.pid());
      link.started(process.pid());
      SignalForwarder.passTo(process.toHandle(), answerer);
      new Watchdog(process, link, target.java().isPresent() ? members : null).await();
      int status = process.exitValue();
      Message.Summary summary = link.finish();
      answerer.end(); // by now the outcome of the last answer is known and shown
      if (summary == null) {
        throw new LaunchException(
            "the decision server ended, and its summary of the run is lost", "");
      }
      link.close();
      if (summary.left() == 0) {
        awaitEnd(server);
      }
      return new RunOutcome(
          status, summary.allowed(), summary.denied(), summary.denials(), summary.unasked());
    } finally {
      answerer.end();
      link.close();
    }
  }

  private Target identify(List<String> command) throws LaunchException {
    try {
      return new Identifier(environment, directory).identify(command);
    } catch (TargetException e) {
      throw new LaunchException(e.status(), e.getMessage(), e.help());
    }
  }

  private static void tellNotice(Target target, UserNotices teller) {
    if (!target.notice().isEmpty()) {
      teller.tell(target.notice());
    }
  }

  /** The path of the woven classes; empty when the target's JDK is not known beforehand. */
  private String weave(Target target, Path runDirectory) throws LaunchException {
    Optional<JavaHome> java = target.java();
    if (java.isEmpty()) {
      return "";
    }
    Path home = java.get().home();
    try {
      try {
        return new WovenStore(installation.store(), installation.tool()).obtain(home).toString();
      } catch (IOException e) {
        // A read-only home, as in containers, costs time, not protection.
        return new WovenStore(runDirectory, installation.tool()).obtain(home).toString();
      }
    } catch (WeavingException e) {
      throw new LaunchException(
          "can't hook the JDK in `" + java.get().home() + "`: " + e.getMessage(),
          "use a JDK that this version of appaware knows: 17 to 25");
    } catch (IOException e) {
      throw new LaunchException(
          "can't prepare the hooks for the JDK in `" + java.get().home() + "`: " + e,
          "make `" + installation.store() + "` writable, or set XDG_CACHE_HOME");
    }
  }

  private void writeAgentOptions(Target target, Path runDirectory, String token, String bundle)
      throws LaunchException {
    try {
      String home =
          target.java().isPresent() ? target.java().get().home().toRealPath().toString() : "";
      new AgentOptions(
              RunDirectory.socket(runDirectory).toString(),
              token,
              installation.store().toString(),
              bundle,
              home,
              installation.tool().toString(),
              installation.agent().toString())
          .write(RunDirectory.options(runDirectory));
    } catch (IOException e) {
      throw new LaunchException("can't write the agent's options: " + e.getMessage(), "");
    }
  }

  private OwnOptions own(Path runDirectory) {
    String jar = installation.agent().toString();
    String file = RunDirectory.options(runDirectory).toString();
    return new OwnOptions(Set.copyOf(AgentOptions.arguments(jar, file)), environment, directory);
  }

  private Process start(Target target, Path runDirectory, List<String> typed)
      throws LaunchException {
    TargetCommand command =
        TargetCommand.of(
            typed,
            target.java().isPresent(),
            installation.agent(),
            RunDirectory.options(runDirectory),
            environment);
    ProcessBuilder builder = new ProcessBuilder(command.words()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    command.equip(builder.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new LaunchException(126, "can't start `" + typed.get(0) + "`: " + e.getMessage(), "");
    }
  }

  /** Waits for the server, which ends within milliseconds once its run is over. */
  private static void awaitEnd(ServerProcess server) {
    try {
      server.awaitEnd(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path runDirectory) {
    try {
      RunDirectory.delete(runDirectory);
    } catch (IOException e) {
      // A later run sweeps.
    }
  }

  /** The processes of the run, as the launcher measured them. */
  static final class Members implements ServerLink.Measurer {
    /** A hostile program could make up an option for each child. */
    private static final int MOST_TOLD = 100;

    private final Application target;
    private final OwnOptions own;
    private final RunTree tree;
    private final UserNotices teller;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Long> targetPid = new CompletableFuture<>();
    private final CompletableFuture<Void> reported = new CompletableFuture<>();
    private final Map<Long, String> labels = new ConcurrentHashMap<>();

    Members(Application target, OwnOptions own, RunTree tree, UserNotices teller) {
      this.target = target;
      this.own = own;
      this.tree = tree;
      this.teller = teller;
    }

    void target(long pid) {
      labels.put(pid, target.label());
      targetPid.complete(pid);
    }

    /** The target, its descendants and what else is of the run, as far as it is alive. */
    Stream<ProcessHandle> processes() {
      return targetPid.isDone()
          ? tree.of(targetPid.join()).stream().map(ProcessHandle::of).flatMap(Optional::stream)
          : Stream.empty();
    }

    /** Completes when the agent in the target itself has connected. */
    CompletableFuture<Void> reported() {
      return reported;
    }

    @Override
    public Application measure(long pid) throws LaunchException {
      // An agent may connect before the call that started its process returns.
      long started = targetPid.join();
      if (pid == started) {
        reported.complete(null);
        return target.withProcess(pid, "");
      }
      String parent = parent(pid);
      try {
        Target child = Identifier.measureChild(pid, own);
        if (told.size() < MOST_TOLD && told.add(child.notice())) {
          tellNotice(child, teller);
        }
        Application measured = child.application().withProcess(pid, parent);
        labels.put(pid, measured.label());
        return measured;
      } catch (TargetException e) {
        throw new LaunchException(e.getMessage(), e.help());
      }
    }

    /** The label of the nearest known ancestor. */
    private String parent(long pid) {
      Optional<ProcessHandle> ancestor = ProcessHandle.of(pid).flatMap(ProcessHandle::parent);
      while (ancestor.isPresent()) {
        String label = labels.get(ancestor.get().pid());
        if (label != null) {
          return label;
        }
        ancestor = ancestor.get().parent();
      }
      return target.label(); // orphaned: as it has the run's secret, it was started in the run
    }
  }
}
