package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.util.List;

/**
 * The permissions on a command line of Deno: {@code --allow-net}, {@code --allow-net=HOST,...},
 * {@code -N}, {@code --deny-net}, {@code -A}. A host is a name, {@code *.name}, an IPv4 address or
 * network, or an IPv6 address in brackets, each with a port or without.
 */
public final class DenoPermissions {
  private static final String NOT_NETWORK = "is not about the network";

  private DenoPermissions() {}

  /** Converts the words of a command line, ignoring those that are not permissions. */
  public static void convert(List<String> words, Conversion conversion) {
    for (String word : words) {
      int equals = word.indexOf('=');
      String flag = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1).replaceAll("^[\"']|[\"']$", "");
      switch (flag) {
        case "--allow-net", "-N" -> net(Action.ALLOW, word, equals < 0, value, conversion);
        case "--deny-net" -> net(Action.DENY, word, equals < 0, value, conversion);
        case "--allow-all", "-A" -> conversion.add(word, PolicyEntry.rule(Action.ALLOW), "");
        case "--allow-import", "-I", "--deny-import" ->
            conversion.pass(word, "is about modules that Deno fetches, which no JVM does");
        default -> {
          if (flag.startsWith("--allow-") || flag.startsWith("--deny-")) {
            conversion.pass(word, NOT_NETWORK);
          } else if (flag.matches("-[A-Za-z]*[A-Z][A-Za-z]*")) {
            letters(flag, word, equals < 0, value, conversion);
          }
        }
      }
    }
  }

  /** Short flags may be written together; the last of them gets the value. */
  private static void letters(
      String flag, String word, boolean bare, String value, Conversion conversion) {
    if (flag.indexOf('A') > 0) {
      conversion.add(word, PolicyEntry.rule(Action.ALLOW), "");
    } else if (flag.endsWith("N")) {
      net(Action.ALLOW, word, bare, value, conversion);
    } else if (flag.indexOf('N') > 0) {
      everything(Action.ALLOW, word, conversion);
    } else {
      conversion.pass(word, NOT_NETWORK);
    }
  }

  private static void net(
      Action action, String word, boolean bare, String value, Conversion conversion) {
    if (bare) {
      everything(action, word, conversion);
      return;
    }
    for (String each : value.split(",", -1)) {
      String source = word.substring(0, word.indexOf('=') + 1) + each;
      if (each.startsWith("vsock:")) {
        conversion.lose(source, "Java has no vsock sockets");
      } else {
        conversion.add(source, Endpoint.parse(each).rule(action), "");
      }
    }
  }

  /** In Deno, Unix-domain sockets are not network but files. */
  private static void everything(Action action, String word, Conversion conversion) {
    conversion.add(word, PolicyEntry.rule(action).with(RuleKey.EVENT, "resolve"), "");
    conversion.add(
        word, PolicyEntry.rule(action).with(RuleKey.PROTOCOL, List.of("tcp", "udp")), "");
  }
}
