package io.github.appaware.launch;

import io.github.appaware.event.Application;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.OwnOptions;
import io.github.appaware.identity.Target;
import io.github.appaware.identity.TargetException;
import io.github.appaware.server.local.ProcessTerminator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The processes of the run, as the launcher measured them, and what went wrong with any of them:
 * the run then fails, whatever status the target ends with. Safe for all threads.
 */
final class Members implements ServerLink.Measurer {
  /** A hostile program could make up an option for each child. */
  private static final int MOST_TOLD = 100;

  private final Target target;
  private final OwnOptions own;
  private final RunFiles files;
  private final RunTree tree;
  private final RunOrphans orphans;
  private final UserNotices teller;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Long> targetPid = new CompletableFuture<>();
  private final CompletableFuture<Void> reported = new CompletableFuture<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final Map<Long, String> labels = new ConcurrentHashMap<>();
  private final Set<Long> agents = ConcurrentHashMap.newKeySet();

  Members(
      Target target,
      OwnOptions own,
      RunFiles files,
      RunTree tree,
      RunOrphans orphans,
      UserNotices teller) {
    this.target = target;
    this.own = own;
    this.files = files;
    this.tree = tree;
    this.orphans = orphans;
    this.teller = teller;
  }

  /** From the return on, no process leaves the run by losing its parent. */
  @Override
  public void adopt() {
    orphans.adopt();
  }

  /** The target's process was started. */
  void target(Process process) {
    labels.put(process.pid(), target.application().label());
    orphans.target(process.pid());
    targetPid.complete(process.pid());
    if (target.java().isEmpty()) {
      try {
        Identifier.verify(target, process.pid());
      } catch (TargetException e) {
        end(process.pid(), e.getMessage());
      }
    }
  }

  /** What was started. */
  Target target() {
    return target;
  }

  OwnOptions own() {
    return own;
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

  /** Whether the agent in a process has connected. */
  boolean hasReported(long pid) {
    return agents.contains(pid);
  }

  /** Whether any agent has connected, so that something could be judged. */
  boolean isJudged() {
    return !agents.isEmpty();
  }

  /** Why the run has failed; completes with the first reason. */
  CompletableFuture<String> failure() {
    return failure;
  }

  /** The run has failed: the user is told now, and of the first reason once more at the end. */
  void fail(String why) {
    failure.complete(why);
    if (told.size() < MOST_TOLD && told.add(why)) {
      teller.tell(why);
    }
  }

  /** The same, and the process must not go on. */
  private void end(long pid, String why) {
    ProcessHandle.of(pid).ifPresent(ProcessTerminator::end);
    fail(why + "; it was stopped");
  }

  /** At the end of the run: what agents have loaded must be what it was. */
  void requireOwnFiles() {
    files.changed().ifPresent(file -> fail(changed(file)));
  }

  private static String changed(Path file) {
    return "`"
        + file
        + "`, which belongs to appaware, was changed during the run: what child processes loaded"
        + " of it is not known";
  }

  @Override
  public Application measure(long pid) throws LaunchException {
    // An agent may connect before the call that started its process returns.
    long started = targetPid.join();
    try {
      if (pid == started) {
        verify(pid);
        agents.add(pid);
        reported.complete(null);
        return target.application().withProcess(pid, "");
      }
      adopt(); // before anything of the child's application runs
      Application measured = child(pid).withProcess(pid, parent(pid));
      agents.add(pid);
      labels.put(pid, measured.label());
      return measured;
    } catch (TargetException e) {
      if (e.isReplaced()) {
        end(pid, e.getMessage());
      }
      throw new LaunchException(e.getMessage(), e.help());
    }
  }

  private void verify(long pid) throws TargetException, LaunchException {
    if (target.java().isPresent()) {
      Identifier.verify(target, pid);
      requireOurs(target.java().get().home().resolve("bin/java"));
    } else { // a program that has become a JVM
      requireOurs(Identifier.requireAgent(pid, own));
    }
  }

  private Application child(long pid) throws TargetException, LaunchException {
    Target child = Identifier.measureChild(pid, own);
    requireOurs(child.executable());
    String notice = child.notice();
    if (!notice.isEmpty() && told.size() < MOST_TOLD && told.add(notice)) {
      teller.tell(notice);
    }
    return child.application();
  }

  /** An agent that has loaded other hooks than ours would not see what it should. */
  private void requireOurs(Path executable) throws LaunchException {
    Optional<Path> foreign = home(executable).map(files::foreign).orElseGet(files::changed);
    if (foreign.isPresent()) {
      fail(changed(foreign.get()));
      throw new LaunchException(changed(foreign.get()), "");
    }
  }

  /** Of the {@code java} launcher, or of another program in a JDK. */
  private static Optional<Path> home(Path executable) {
    for (Path each = executable.getParent(); each != null; each = each.getParent()) {
      if (Files.exists(each.resolve("lib/modules"))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** A process of the run is named like this. */
  void label(long pid, String label) {
    String unused = labels.putIfAbsent(pid, label);
  }

  /** The label of the nearest known ancestor; empty for the target itself. */
  String parent(long pid) {
    if (targetPid.join() == pid) { // it may ask before the call that started it returns
      return "";
    }
    Optional<ProcessHandle> ancestor = ProcessHandle.of(pid).flatMap(ProcessHandle::parent);
    while (ancestor.isPresent()) {
      String label = labels.get(ancestor.get().pid());
      if (label != null) {
        return label;
      }
      ancestor = ancestor.get().parent();
    }
    return target.application().label(); // orphaned: its agent is the run's, so it is of the run
  }
}
