package io.github.appaware.server.local;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.RunMembership;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.Run;
import io.github.appaware.wire.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a run whose launcher was killed. The run's private directory is on the command
 * line or in the environment of each, as the path of the jar that brings its agent; so also of
 * processes that detached themselves, and of a target that was started just before.
 */
final class RunProcesses {
  /** The launcher is gone. */
  private static final long NO_PROCESS = -1;

  private RunProcesses() {}

  /** Stops the run's agents and ends its processes; returns when they are gone. */
  static void end(Run run, Path directory) {
    for (ClientConnection agent : run.agents()) {
      agent.send(new Message.Stop("the launcher is gone, so the run ends"));
    }
    ProcessTerminator.end(
        () -> {
          List<ProcessHandle> members = find(directory);
          run.target().ifPresent(members::add);
          return members;
        });
  }

  /** Without this process; empty where there is no {@code /proc}. */
  private static List<ProcessHandle> find(Path directory) {
    ProcFs proc = ProcFs.ofSystem();
    RunMembership run = new RunMembership(proc, directory, NO_PROCESS, pid -> false);
    List<ProcessHandle> found = new ArrayList<>();
    for (ProcessInfo each : proc.processes()) {
      if (each.pid() != ProcessHandle.current().pid() && run.isNamed(each.pid())) {
        ProcessHandle.of(each.pid()).ifPresent(found::add);
      }
    }
    return found;
  }
}
