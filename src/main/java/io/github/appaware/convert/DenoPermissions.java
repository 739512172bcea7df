package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deno's permissions for the network: {@code --allow-net}, {@code --allow-net=HOST,...}, {@code
 * -N}, {@code --deny-net}, {@code -A}, on command lines and in {@link DenoConfig configuration
 * files}. Not thread-safe.
 *
 * <p>Deno (its {@code runtime/permissions}) compares the host and port that the program wrote, for
 * connecting, sending and listening alike; what comes in is not judged.
 */
public final class DenoPermissions {
  private static final String NOT_NETWORK = "is not about the network";

  private static final String EVERYTHING = "all";

  private static final String UNION =
      "its programs have different permissions; the policy is for one program: it allows what any"
          + " of them may";

  private final Conversion conversion;
  private final List<DenoEndpoint> allowed = new ArrayList<>();

  /** The network permissions of each program so far. */
  private final Set<List<String>> programs = new LinkedHashSet<>();

  private List<String> program = new ArrayList<>();
  private boolean found;

  public DenoPermissions(Conversion conversion) {
    this.conversion = conversion;
  }

  /**
   * Converts the permissions in a command of Deno, or among words that are flags alone.
   *
   * @param place where they stand, with a colon and a blank after it; or empty
   * @return whether it has any permission, or runs a program of Deno without one
   */
  public boolean words(String place, List<String> words) {
    DenoArguments arguments = DenoArguments.of(words);
    found = false;
    for (String word : arguments.flags()) {
      int equals = word.indexOf('=');
      String flag = equals < 0 ? word : word.substring(0, equals);
      word(place, word, flag, equals < 0 ? null : word.substring(equals + 1));
    }
    for (String word : arguments.program()) {
      notRead(place + word, word, arguments.isCertain());
    }
    if (arguments.isEval()) {
      all(place + "deno eval");
    } else if (arguments.serves() && !program.contains(EVERYTHING)) {
      hosts(Action.ALLOW, place + "deno serve listens at ", List.of(arguments.listens()));
    }
    if (arguments.runs()) {
      endProgram();
    }
    return found || arguments.runs();
  }

  /** A word after the program's name. */
  private void notRead(String source, String word, boolean isCertain) {
    if (!isPermission(word)) {
      return;
    }
    if (isCertain) {
      conversion.pass(source, "is after the program's name, so Deno gives it to the program");
    } else {
      conversion.lose(source, "may be after the program's name: write flags with `=`");
    }
  }

  /** Whether the word is a flag about what a program may do. */
  static boolean isPermission(String word) {
    return word.startsWith("--allow-")
        || word.startsWith("--deny-")
        || word.startsWith("--permission-set")
        || word.matches("-[A-Za-z]*[A-Z][A-Za-z]*(=.*)?");
  }

  /** Ends flags that are not in a command of Deno, if there are any. */
  void endFlags() {
    if (!program.isEmpty()) {
      endProgram();
    }
  }

  /** Ends the permissions of one program; another may follow. */
  void endProgram() {
    programs.add(List.copyOf(program));
    program = new ArrayList<>();
  }

  private void word(String place, String word, String flag, String value) {
    boolean before = found;
    found = true;
    String source = place + word;
    switch (flag) {
      case "--allow-net", "-N" -> net(Action.ALLOW, place + flag, value);
      case "--deny-net" -> net(Action.DENY, place + flag, value);
      case "--allow-all", "-A" -> all(source);
      case "--allow-import", "-I", "--deny-import" ->
          conversion.pass(source, "is about modules that Deno fetches, which no JVM does");
      case "--permission-set", "-P" ->
          conversion.lose(source, "names a permission set: import the file that has it");
      default -> {
        if (flag.startsWith("--allow-") || flag.startsWith("--deny-")) {
          conversion.pass(source, NOT_NETWORK);
        } else if (flag.matches("-[A-Za-z]*[A-Z][A-Za-z]*")) {
          letters(source, flag, value);
        } else {
          found = before;
        }
      }
    }
  }

  /** Short flags may be written together; the last of them gets the value. */
  private void letters(String source, String flag, String value) {
    if (flag.indexOf('A') > 0) {
      all(source);
    } else if (flag.endsWith("N")) {
      net(Action.ALLOW, source.substring(0, source.indexOf(flag) + flag.length()), value);
    } else if (flag.indexOf('N') > 0) {
      net(Action.ALLOW, source, null);
    } else {
      conversion.pass(source, NOT_NETWORK);
    }
  }

  /** Everything, sockets of other kinds too. */
  void all(String source) {
    program.add(EVERYTHING);
    conversion.add(source, PolicyEntry.rule(Action.ALLOW), "");
  }

  /** A flag with its hosts; null for all. */
  private void net(Action action, String flag, String value) {
    if (value == null) {
      everything(action, flag);
    } else {
      hosts(action, flag + "=", List.of(value.split(",", -1)));
    }
  }

  /** In Deno, Unix-domain sockets are not network but files. */
  void everything(Action action, String source) {
    program.add(action == Action.ALLOW ? EVERYTHING : action + " all");
    conversion.add(source, PolicyEntry.rule(action).with(RuleKey.EVENT, "resolve"), "");
    conversion.add(
        source, PolicyEntry.rule(action).with(RuleKey.PROTOCOL, List.of("tcp", "udp")), "");
  }

  /** Hosts with or without ports. */
  void hosts(Action action, String source, List<String> hosts) {
    for (String host : hosts) {
      program.add(action + " " + host);
      if (host.startsWith("vsock:")) {
        conversion.lose(source + host, "Java has no vsock sockets");
        continue;
      }
      for (DenoEndpoint endpoint : DenoEndpoint.parse(host)) {
        if (action == Action.ALLOW) {
          allowed.add(endpoint);
        }
        endpoint.convert(action, source + host, hosts, conversion);
      }
    }
  }

  /** Adds what depends on all permissions together. */
  public void finish(String source) {
    if (programs.size() > 1) {
      conversion.lose(source, UNION);
    }
    if (allowed.stream().anyMatch(DenoEndpoint::listens)) {
      conversion.add(
          "what Deno does not judge: peers of a program that may listen",
          PolicyEntry.rule(Action.ALLOW)
              .with(RuleKey.EVENT, List.of("accept", "receive"))
              .with(RuleKey.PROTOCOL, List.of("tcp", "udp")),
          "");
    }
    for (DenoEndpoint name : allowed) {
      for (DenoEndpoint address : allowed) {
        if (name.isNarrowerThan(address)) {
          conversion.lose(
              source,
              "`"
                  + name
                  + "` and `"
                  + address
                  + "`: Deno compares what the program wrote; here a rule for an address holds for"
                  + " the names that lead to it, too");
          return;
        }
      }
    }
  }
}
