package io.github.appaware.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Converts the socket permissions of a Java {@code .policy} file. The syntax is that of the JDK's
 * "Default Policy Implementation and Policy File Syntax".
 */
public final class JavaPolicy {
  private static final String SOCKET = "java.net.SocketPermission";
  private static final String NET = "java.net.NetPermission";

  /** The permission for Unix-domain sockets, since JDK 16, and the one that implies it. */
  private static final Set<String> UNIX_SOCKETS = Set.of("accessUnixDomainSocket", "*");

  private static final Set<String> OTHER_ENTRIES =
      Set.of("keystore", "keystorepasswordurl", "domain");

  private static final String IGNORED = "the JDK ignores the whole file";

  private final JavaPolicyTokens words;
  private final Conversion conversion;
  private int others;

  private JavaPolicy(String text, Conversion conversion) {
    this.words = new JavaPolicyTokens(text);
    this.conversion = conversion;
  }

  /**
   * Converts the text of a file.
   *
   * @param name of the file, for places
   */
  public static void convert(String name, String text, Conversion conversion) {
    JavaPolicy policy = new JavaPolicy(text, conversion);
    while (!policy.words.atEnd()) {
      policy.entry(name);
    }
    if (policy.others > 0) {
      conversion.pass(name, "permissions that are not about the network: " + policy.others);
    }
  }

  private void entry(String name) {
    String kind = words.next().text().toLowerCase(Locale.ROOT);
    if (!kind.equals("grant")) {
      if (!OTHER_ENTRIES.contains(kind)) {
        conversion.lose(name + ":" + words.line(), "is not an entry: " + IGNORED);
      }
      while (!words.atEnd() && !words.peek().is(";")) {
        words.next(); // nothing that a policy of the network has
      }
      expect(name, ";");
      return;
    }
    List<JavaPolicyTokens.Word> head = new ArrayList<>();
    while (!words.atEnd() && !words.peek().is("{")) {
      head.add(words.next());
    }
    expect(name, "{");
    GrantHead grant = GrantHead.of(head);
    while (!words.atEnd() && !words.peek().is("}")) {
      permission(name, grant);
    }
    expect(name, "}");
    expect(name, ";");
  }

  /** Without it, the JDK refuses the file, so that it grants nothing. */
  private void expect(String name, String syntax) {
    if (!words.skip(syntax)) {
      conversion.lose(name + ":" + words.line(), "a `" + syntax + "` is missing: " + IGNORED);
    }
  }

  private void permission(String name, GrantHead grant) {
    List<JavaPolicyTokens.Word> parts = new ArrayList<>();
    int line = words.peek().line();
    while (!words.atEnd() && !words.peek().is(";") && !words.peek().is("}")) {
      parts.add(words.next());
    }
    expect(name, ";");
    List<String> texts = parts.stream().map(JavaPolicyTokens.Word::text).toList();
    if (texts.size() < 2 || !texts.get(0).equalsIgnoreCase("permission")) {
      conversion.lose(name + ":" + line, "is not a permission");
      return;
    }
    String kind = texts.get(1); // which may be quoted
    List<String> strings =
        parts.stream()
            .skip(2)
            .filter(JavaPolicyTokens.Word::quoted)
            .map(JavaPolicyTokens.Word::text)
            .toList();
    String source =
        name
            + ":"
            + line
            + " "
            + kind
            + (strings.isEmpty() ? "" : " " + String.join(", ", strings));
    if (kind.equals("java.security.AllPermission") || kind.equals("java.net.URLPermission")) {
      conversion.lose(source, "is about more than sockets; name what it needs of them");
    } else if (!kind.equals(SOCKET) && !isOfUnixSockets(kind, strings)) {
      others++;
    } else if (!grant.reason().isEmpty()) {
      conversion.lose(source, grant.reason());
    } else if (parts.stream().anyMatch(JavaPolicy::isSigner)) {
      conversion.lose(source, "policies have no signers");
    } else if (!kind.equals(SOCKET)) {
      SocketGrant.unix(source, grant.jar(), conversion);
    } else if (strings.size() != 2) {
      conversion.lose(source, "expected a target and actions");
    } else {
      SocketGrant.convert(source, strings.get(0), strings.get(1), grant.jar(), conversion);
    }
  }

  private static boolean isOfUnixSockets(String kind, List<String> strings) {
    return kind.equals(NET) && !strings.isEmpty() && UNIX_SOCKETS.contains(strings.get(0));
  }

  private static boolean isSigner(JavaPolicyTokens.Word word) {
    return !word.quoted() && word.text().equalsIgnoreCase("signedBy");
  }

  /**
   * The head of a grant: the code that gets the permissions.
   *
   * @param jar the file name of the code's jar; empty for all code
   * @param reason why nothing of it can be carried over; empty if it can
   */
  private record GrantHead(String jar, String reason) {
    static GrantHead of(List<JavaPolicyTokens.Word> head) {
      List<String> words =
          head.stream()
              .map(each -> each.quoted() ? "" : each.text().toLowerCase(Locale.ROOT))
              .toList();
      if (words.contains("signedby") || words.contains("principal")) {
        return new GrantHead("", "policies have no signers and principals");
      }
      for (int i = 0; i + 1 < head.size(); i++) {
        if (words.get(i).equals("codebase")) {
          String url = head.get(i + 1).text();
          String jar = url.substring(url.lastIndexOf('/') + 1);
          return jar.endsWith(".jar") && jar.indexOf('$') < 0
              ? new GrantHead(jar, "")
              : new GrantHead("", "code of `" + url + "` is not a jar with a name");
        }
      }
      return new GrantHead("", "");
    }
  }
}
