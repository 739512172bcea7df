package io.github.appaware.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.client5.http.psl.PublicSuffixListParser;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;

/**
 * The domain above a host, by the Public Suffix List (publicsuffix.org) that comes with Apache
 * HttpClient: never one under which strangers register names.
 */
final class Domains {
  private static final String LIST = "/org/publicsuffix/list/effective_tld_names.dat";

  /** Read when it is first needed: it takes some 60 ms. */
  private static final class Known {
    static final PublicSuffixMatcher SUFFIXES = read();

    private static PublicSuffixMatcher read() {
      try (InputStream list = PublicSuffixMatcher.class.getResourceAsStream(LIST)) {
        return new PublicSuffixMatcher(
            PublicSuffixListParser.INSTANCE.parseByType(
                new InputStreamReader(list, StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Domains() {}

  /** Reads the list beforehand, as a first question should not have to wait for it. */
  static void prepare() {
    Optional<String> unused = above("example.com");
  }

  /**
   * The domain above {@code host} if it belongs to one owner, else the host itself if that does;
   * empty if it is a public suffix or no name at all.
   *
   * @param host in normal form
   */
  static Optional<String> above(String host) {
    int last = host.lastIndexOf('.') + 1;
    boolean isAddress = last == host.length() || Character.isDigit(host.charAt(last));
    if (isAddress || host.indexOf(':') >= 0 || !Scopes.isLiteral(host)) {
      return Optional.empty();
    }
    String parent = host.substring(host.indexOf('.') + 1);
    if (isOwned(parent)) {
      return Optional.of(parent);
    }
    return isOwned(host) ? Optional.of(host) : Optional.empty();
  }

  private static boolean isOwned(String name) {
    return !name.isEmpty() && Known.SUFFIXES.getDomainRoot(name) != null;
  }
}
