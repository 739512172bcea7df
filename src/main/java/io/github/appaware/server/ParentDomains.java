package io.github.appaware.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.psl.PublicSuffixList;
import org.apache.hc.client5.http.psl.PublicSuffixListParser;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;

/**
 * The parent domain of a host, by the Public Suffix List (publicsuffix.org) that comes with Apache
 * HttpClient: never a domain below which the public registers names, at whatever depth.
 */
final class ParentDomains {
  private static final String LIST = "/org/publicsuffix/list/effective_tld_names.dat";

  /** Read when first needed: it takes some 60 ms. */
  private static final class Suffixes {
    static final List<PublicSuffixList> LISTS = read();
    static final PublicSuffixMatcher MATCHER = new PublicSuffixMatcher(LISTS);

    /** Names with a public suffix somewhere below, as {@code amazonaws.com} or {@code kobe.jp}. */
    static final Set<String> ABOVE = above(LISTS);

    private static List<PublicSuffixList> read() {
      try (InputStream list = PublicSuffixMatcher.class.getResourceAsStream(LIST)) {
        return PublicSuffixListParser.INSTANCE.parseByType(
            new InputStreamReader(list, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Set<String> above(List<PublicSuffixList> lists) {
      Set<String> above = new HashSet<>();
      for (PublicSuffixList list : lists) {
        for (String rule : list.getRules()) {
          for (int dot = rule.indexOf('.'); dot >= 0; dot = rule.indexOf('.', dot + 1)) {
            above.add(rule.substring(dot + 1));
          }
        }
      }
      return above;
    }
  }

  private ParentDomains() {}

  /**
   * The parent domain of {@code host} if it has one owner, else the host itself if that has one;
   * empty if it is a public suffix, no name at all, or a name that can't be registered.
   *
   * @param host in normal form
   */
  static Optional<String> of(String host) {
    int last = host.lastIndexOf('.') + 1;
    boolean isAddress = last == host.length() || Character.isDigit(host.charAt(last));
    if (isAddress || host.indexOf(':') >= 0 || !AnswerScopes.isLiteral(host)) {
      return Optional.empty();
    }
    try {
      return owned(host);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // java.net.IDN refuses long labels and characters that no name has
    }
  }

  private static Optional<String> owned(String host) {
    String root = Suffixes.MATCHER.getDomainRoot(host);
    if (root == null || host.length() < root.length()) {
      return Optional.empty();
    }
    String parent = host.substring(host.indexOf('.') + 1);
    if (parent.length() >= IDN.toASCII(root, IDN.ALLOW_UNASSIGNED).length() && isOwned(parent)) {
      return Optional.of(parent);
    }
    return isOwned(host) ? Optional.of(host) : Optional.empty();
  }

  private static boolean isOwned(String name) {
    return Suffixes.MATCHER.getDomainRoot(name) != null
        && !Suffixes.ABOVE.contains(IDN.toUnicode(name, IDN.ALLOW_UNASSIGNED));
  }
}
