package io.github.appaware.launch;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.GuardMode;
import io.github.appaware.event.Mode;
import io.github.appaware.server.local.ServerOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What to run, and how.
 *
 * @param command the target's command line
 * @param policies policy files, as named
 * @param answers where answers are kept, or null for the first policy file
 * @param mode how events that no rule decides are decided
 * @param blind whether blind events are allowed
 * @param guard whether the kernel is to bring every network call
 * @param log where to append the record, or null
 * @param upstream the remote server, or null
 */
public record RunOptions(
    List<String> command,
    List<Path> policies,
    Path answers,
    Mode mode,
    BlindMode blind,
    GuardMode guard,
    Path log,
    ServerOptions.UpstreamOptions upstream) {
  public RunOptions {
    command = List.copyOf(command);
    policies = List.copyOf(policies);
  }
}
