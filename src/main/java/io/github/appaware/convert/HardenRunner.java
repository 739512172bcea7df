package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code allowed-endpoints} of the GitHub action step-security/harden-runner: {@code host:port}
 * separated by white space, the port 443 where there is none.
 *
 * <p>Harden-Runner (step-security/agent, {@code firewall.go} and {@code agent.go}) judges what
 * leaves the machine: TCP to the endpoints passes, as does all traffic to private networks and on
 * the machine itself, and what GitHub Actions needs.
 */
public final class HardenRunner {
  private static final String KEY = "allowed-endpoints";
  private static final Pattern ENTRY = Pattern.compile("[\"']?" + KEY + "[\"']?\\s*:(.*)");
  private static final Pattern STEP =
      Pattern.compile("\\s*-?\\s*uses:\\s*[\"']?step-security/harden-runner\\b.*");
  private static final String DEFAULT_PORT = "443";
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{[^}]*\\}\\}");
  private static final Pattern AUDIT =
      Pattern.compile("[^#]*\\begress-policy[\"']?\\s*:\\s*[\"']?audit\\b.*");
  private static final Pattern STORE =
      Pattern.compile("[^#]*\\buse-policy-store[\"']?\\s*:\\s*[\"']?true\\b.*");

  private static final String SINGLE_LABEL =
      "names of one label, such as those of service containers, which Harden-Runner lets pass, can't"
          + " be told from others by a rule: name those that the build uses; the metadata services"
          + " at 169.254.169.254 and 168.63.129.16, which it lets pass, are left out";

  private static final String RESULTS =
      "`productionresultssa*.blob.core.windows.net`, to which the runner sends results, is left out";

  private HardenRunner() {}

  private record Word(String text, int line) {}

  /**
   * Converts a list, or a workflow file with one or several.
   *
   * @param place the file's name, or empty for words of a command line
   * @param text the endpoints, or YAML with {@code allowed-endpoints}
   */
  public static void convert(String place, String text, Conversion conversion) {
    Set<List<String>> jobs = new LinkedHashSet<>();
    List<List<Word>> blocks = blocks(place, text, conversion);
    if (!blocks.isEmpty()) {
      for (List<Word> block : blocks) {
        jobs.add(block.stream().map(Word::text).sorted().toList());
        block.forEach(word -> endpoint(place, word, conversion));
      }
      if (text.lines().filter(line -> STEP.matcher(line).matches()).count() > blocks.size()) {
        jobs.add(List.of());
      }
    } else if (text.contains(KEY) || place.endsWith(".yml") || place.endsWith(".yaml")) {
      conversion.lose(place, "has no `allowed-endpoints`");
      return;
    } else {
      int number = 0;
      for (String line : text.lines().toList()) {
        number++;
        split(line, number).forEach(word -> endpoint(place, word, conversion));
      }
    }
    if (jobs.size() > 1) {
      conversion.lose(
          place,
          "its jobs have different endpoints; the policy is for one: it allows those of all of"
              + " them");
    }
  }

  /** Adds what Harden-Runner lets pass besides the endpoints. */
  public static void finish(Conversion conversion) {
    conversion.add(
        "what Harden-Runner does not judge: listening, and peers",
        allow(RuleKey.EVENT, "bind", "listen", "accept", "receive"),
        "");
    conversion.add(
        "what Harden-Runner does not judge: Unix-domain sockets",
        allow(RuleKey.PROTOCOL, "unix"),
        "");
    conversion.add(
        "what Harden-Runner does not judge: this machine's name for itself",
        allow(RuleKey.EVENT, "resolve").with(RuleKey.HOST, "localhost"),
        "");
    conversion.add(
        "what Harden-Runner lets pass: this machine and private networks",
        allow(RuleKey.EVENT, "connect", "send")
            .with(
                RuleKey.ADDRESS,
                List.of("loopback", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
        SINGLE_LABEL);
    conversion.add(
        "what Harden-Runner lets pass: GitHub Actions",
        allow(
                RuleKey.HOST,
                "*.actions.githubusercontent.com",
                "codeload.github.com",
                "actions-results-receiver-production.githubapp.com")
            .with(RuleKey.PORT, DEFAULT_PORT)
            .with(RuleKey.PROTOCOL, "tcp"),
        RESULTS);
  }

  private static PolicyEntry allow(RuleKey key, String... values) {
    return PolicyEntry.rule(Action.ALLOW).with(key, List.of(values));
  }

  private static void endpoint(String place, Word word, Conversion conversion) {
    String source = place.isEmpty() ? word.text() : place + ":" + word.line() + " " + word.text();
    if (word.text().contains("${{")) {
      conversion.lose(source, "an expression of the workflow has no value here");
      return;
    }
    Endpoint endpoint = Endpoint.parse(word.text());
    if (endpoint.port().isEmpty()) {
      endpoint = new Endpoint(endpoint.key(), endpoint.name(), DEFAULT_PORT);
    }
    conversion.add(source, endpoint.rule(Action.ALLOW).with(RuleKey.PROTOCOL, "tcp"), "");
  }

  /** The words of each {@code allowed-endpoints}. */
  private static List<List<Word>> blocks(String place, String text, Conversion conversion) {
    List<List<Word>> blocks = new ArrayList<>();
    int indent = -1;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String bare = line.strip();
      int own = line.length() - line.stripLeading().length();
      Matcher entry = ENTRY.matcher(bare);
      if (entry.matches()) {
        indent = own;
        blocks.add(new ArrayList<>(split(entry.group(1), number)));
      } else if (indent >= 0 && (bare.isEmpty() || own > indent)) {
        blocks.get(blocks.size() - 1).addAll(split(bare, number));
      } else {
        indent = -1;
        if (bare.contains(KEY) && !bare.startsWith("#")) {
          conversion.lose(
              place + ":" + number, "`allowed-endpoints` among others is not read: give it a line");
        }
      }
      if (AUDIT.matcher(line).matches()) {
        conversion.lose(
            place + ":" + number, "`egress-policy: audit` denies nothing; the policy denies");
      } else if (STORE.matcher(line).matches()) {
        conversion.lose(place + ":" + number, "the policy store is not read");
      }
    }
    return blocks;
  }

  /** Without YAML's quotes, marks of block scalars, and comments. */
  private static List<Word> split(String text, int line) {
    List<Word> words = new ArrayList<>();
    String whole =
        EXPRESSION.matcher(text).replaceAll(found -> "\\" + found.group().replaceAll("\\s+", ""));
    for (String word : whole.strip().split("\\s+", -1)) {
      if (word.startsWith("#")) {
        break;
      }
      String bare = word.replaceAll("^[\"']|[\"',]$", "");
      if (!bare.isEmpty() && !bare.matches("[>|][+-]?")) {
        words.add(new Word(bare, line));
      }
    }
    return words;
  }
}
