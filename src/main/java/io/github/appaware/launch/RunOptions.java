package io.github.appaware.launch;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.server.local.ServerOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param command the target's command line
 * @param policies policy files, as named
 * @param answers where answers are kept, or null for the first policy file
 * @param mode what becomes of events that no rule decides
 * @param blind what becomes of what leaves appaware's sight
 * @param log where to append the record, or null
 * @param upstream the remote server, or null
 */
public record RunOptions(
    List<String> command,
    List<Path> policies,
    Path answers,
    Mode mode,
    BlindMode blind,
    Path log,
    ServerOptions.UpstreamOptions upstream) {
  public RunOptions {
    command = List.copyOf(command);
    policies = List.copyOf(policies);
  }
}
