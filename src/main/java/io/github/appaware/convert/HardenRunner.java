package io.github.appaware.convert;

import io.github.appaware.policy.model.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code allowed-endpoints} of the GitHub action step-security/harden-runner: {@code host:port}
 * separated by white space, the port 443 where there is none.
 */
public final class HardenRunner {
  private static final String KEY = "allowed-endpoints:";
  private static final String DEFAULT_PORT = "443";

  private HardenRunner() {}

  /**
   * Converts a list, or a workflow file with one or several.
   *
   * @param text the endpoints, or YAML with {@code allowed-endpoints}
   */
  public static void convert(String text, Conversion conversion) {
    for (String word : words(text)) {
      Endpoint endpoint = Endpoint.parse(word);
      if (endpoint.port().isEmpty()) {
        endpoint = new Endpoint(endpoint.key(), endpoint.name(), DEFAULT_PORT);
      }
      conversion.add(word, endpoint.rule(Action.ALLOW), "");
    }
  }

  private static List<String> words(String text) {
    if (!text.contains(KEY)) {
      return split(text);
    }
    List<String> words = new ArrayList<>();
    int indent = -1;
    for (String line : text.lines().toList()) {
      String bare = line.strip();
      int own = line.length() - line.stripLeading().length();
      if (bare.startsWith(KEY)) {
        indent = own;
        words.addAll(split(bare.substring(KEY.length())));
      } else if (indent >= 0 && (bare.isEmpty() || own > indent)) {
        words.addAll(split(bare));
      } else {
        indent = -1;
      }
    }
    return words;
  }

  /** Without YAML's quotes, marks of block scalars, and comments. */
  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    for (String line : text.lines().toList()) {
      for (String word : line.strip().split("\\s+", -1)) {
        if (word.startsWith("#")) {
          break;
        }
        String bare = word.replaceAll("^[\"']|[\"',]$", "");
        if (!bare.isEmpty() && !bare.matches("[>|][+-]?")) {
          words.add(bare);
        }
      }
    }
    return words;
  }
}
