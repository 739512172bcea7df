package io.github.appaware.launch;

import io.github.appaware.event.BlindMode;
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
import io.github.appaware.wire.RunName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs one target under a policy, once. The server is started first, as it takes longest, while the
 * target is identified and its JDK's classes are woven; the target is started last.
 */
public final class Launcher {
  private final Installation installation;
  private final ServerStart serverStart;
  private final Map<String, String> environment;
  private final Path directory;
  private final UserNotices teller;
  private final QuestionHandler answerer;

  /**
   * A launcher.
   *
   * @param serverStart of the server, of this run alone; may have begun
   * @param environment this process's, which the target gets
   * @param directory this process's working directory, which the target gets
   * @param teller shows notices
   * @param answerer puts questions to the user
   */
  public Launcher(
      Installation installation,
      ServerStart serverStart,
      Map<String, String> environment,
      Path directory,
      UserNotices teller,
      QuestionHandler answerer) {
    this.installation = installation;
    this.serverStart = serverStart;
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
          serverStart.with(
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
      ClassArchives.makeSoon(installation);
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
    try (RunGuard guard = RunGuard.begin(options.guard(), runDirectory)) {
      return run(options, runDirectory, key, server, guard);
    }
  }

  private RunOutcome run(
      RunOptions options, Path runDirectory, String key, ServerProcess server, RunGuard guard)
      throws LaunchException {
    Target target = identify(options.command());
    RunOrphans orphans = new RunOrphans(runDirectory, teller);
    if (target.java().isEmpty()) {
      orphans.adoptSoon();
    }
    boolean sealed = options.blind() == BlindMode.DENY;
    Sealing sealing = sealed ? Sealing.begin(runDirectory, teller) : Sealing.NONE;
    ExpectedJava java = ExpectedJava.of(target, sealed, environment, this::weave, runDirectory);
    server.awaitReady();
    String token = RandomSecret.make();
    RunAgent agent = writeAgent(java, runDirectory, token, sealing);
    RunTree tree = new RunTree(runDirectory);
    Members members =
        new Members(
            target,
            new OwnOptions(agent, environment, directory),
            files(java, agent.jar()),
            tree,
            orphans,
            teller);
    tellNotice(target, teller);
    RunDaemons daemons = new RunDaemons(runDirectory, tree);
    guard.prepare(RunDirectory.socket(runDirectory), key, token, members);
    ServerLink link =
        ServerLink.open(
            RunDirectory.socket(runDirectory),
            key,
            token,
            target.application(),
            guard.isOn(),
            members,
            teller,
            answerer);
    // A program that is paused for a question could not end by itself.
    var unused = link.lost().thenRun(answerer::leave);
    try {
      answerer.begin(link::send, members::processes);
      if (target.java().isEmpty()) {
        orphans.adopt();
      }
      Process process = start(target, agent, daemons, guard, options.command());
      link.started(process.pid());
      members.target(process);
      UnjudgedPrograms unjudged = new UnjudgedPrograms(link::unjudged);
      ProcessWatch watch =
          ProcessWatch.begin(process.pid(), members, tree, orphans, unjudged, guard.isOn());
      SignalForwarder.passTo(process.toHandle(), answerer);
      new Watchdog(process, link, members).await();
      watch.end();
      tellUnreported(agent, members, link, process.pid());
      int status = process.exitValue();
      daemons.end();
      guard.close();
      Message.Summary summary = link.finish();
      String failure = members.failure().getNow("");
      answerer.end(); // by now the outcome of the last answer is known and shown
      if (summary == null) {
        throw new LaunchException(
            "the decision server ended, and its summary of the run is lost", "");
      }
      link.close();
      if (summary.left() == 0) {
        awaitEnd(server);
      }
      if (!failure.isEmpty()) {
        throw new LaunchException("the run has failed: " + failure, "");
      }
      return new RunOutcome(
          status,
          summary.allowed(),
          summary.blind(),
          summary.denied(),
          summary.would(),
          summary.tallies(),
          summary.unnamed(),
          summary.totals(),
          summary.unasked(),
          summary.handedOver(),
          summary.handovers(),
          guard.isOn() || members.isJudged(),
          unjudged.first(),
          unjudged.size(),
          unjudged.names(),
          guard.level(),
          guard.isOn(),
          RunName.of(token));
    } finally {
      answerer.end();
      link.close();
    }
  }

  /** Child JVMs that were started with the agent, and have ended without it. */
  private void tellUnreported(RunAgent agent, Members members, ServerLink link, long target) {
    List<Path> jars = agent.unreported();
    if (!jars.isEmpty()) {
      List<String> alive =
          members.processes().map(each -> each.info().commandLine().orElse("")).toList();
      jars.removeIf(jar -> alive.stream().anyMatch(line -> line.contains(jar.toString())));
    }
    if (!jars.isEmpty()) {
      String what = "java (a child JVM that ended without a report from its agent)";
      link.unjudged(new Message.Unjudged(target, what, jars.size(), System.currentTimeMillis()));
      teller.tell(
          "child JVMs that ended without a report from their agent: "
              + jars.size()
              + "; what they did, if they started, was not judged");
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

  /** The path of the woven classes. */
  private Path weave(JavaHome java, Path runDirectory) throws LaunchException {
    Path home = java.home();
    try {
      try {
        return new WovenStore(installation.store(), installation.tool()).obtain(home);
      } catch (IOException e) {
        // A read-only home, as in containers, costs time, not protection.
        return new WovenStore(runDirectory, installation.tool()).obtain(home);
      }
    } catch (WeavingException e) {
      throw new LaunchException(
          "can't hook the JDK in `" + home + "`: " + e.getMessage(),
          "use a JDK that this version of appaware knows: 17 to 25");
    } catch (IOException e) {
      throw new LaunchException(
          "can't prepare the hooks for the JDK in `" + home + "`: " + e,
          "make `" + installation.store() + "` writable, or set XDG_CACHE_HOME");
    }
  }

  private RunAgent writeAgent(ExpectedJava java, Path runDirectory, String token, Sealing sealing)
      throws LaunchException {
    try {
      Path home = java.home();
      Path bundle = java.bundle();
      return RunAgent.write(
          runDirectory,
          new AgentOptions(
              RunDirectory.socket(runDirectory).toString(),
              token,
              installation.store().toString(),
              bundle == null ? "" : bundle.toString(),
              home == null ? "" : home.toRealPath().toString(),
              installation.tool().toString(),
              "",
              "",
              installation.agent().toString()),
          sealing.calls());
    } catch (IOException e) {
      throw new LaunchException("can't write the agent's options: " + e.getMessage(), "");
    }
  }

  private RunFiles files(ExpectedJava java, Path premain) throws LaunchException {
    try {
      return RunFiles.of(installation, java.home(), java.bundle(), premain);
    } catch (IOException e) {
      throw new LaunchException("can't look at appaware's own files: " + e.getMessage(), "");
    }
  }

  private Process start(
      Target target, RunAgent agent, RunDaemons daemons, RunGuard guard, List<String> typed)
      throws LaunchException {
    TargetCommand command =
        TargetCommand.of(typed, target.java().isPresent(), agent.jar(), environment);
    ProcessBuilder builder = new ProcessBuilder(command.words()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    command.equip(builder.environment());
    daemons.equip(builder.environment());
    try {
      return guard.start(builder);
    } catch (IOException e) {
      throw new LaunchException(126, "can't start `" + typed.get(0) + "`: " + e.getMessage(), "");
    }
  }

  /** Waits for the server, which ends within milliseconds once its run is over. */
  private static void awaitEnd(ServerProcess server) {
    try {
      server.awaitEnd(ClassArchives.areRecorded() ? 60_000 : 2_000);
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
}
