package io.github.appaware.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replies of the terminal that a program which reads single keys had asked for, and not read yet,
 * when a question began: they are read with the rest of the input then. They can't be put back
 * (TIOCSTI is off by default since Linux 6.2), but the terminal sends them again when it is asked
 * again, after the question.
 *
 * <p>Known are xterm's replies that describe the terminal itself. Those with a text that the
 * program or another person may choose (titles, the clipboard) are not asked for again, nor is
 * anything that the terminal sent by itself. A reply of which the program has read a part is lost.
 * The cursor's position is that of the moment when it is asked for again.
 */
final class PendingReplies {
  /** A program may have asked for any number. */
  private static final int MOST = 64;

  private static final String ESC = "\u001b";

  /**
   * A kind of reply.
   *
   * @param reply without its first escape
   * @param query what asks for it, in which {@code $1} is the reply's first group
   */
  private record Kind(Pattern reply, String query) {}

  private static final List<Kind> KINDS =
      List.of(
          kind("\\[\\?[0-9;]*c", "[c"), // DA1
          kind("\\[>[0-9;]*c", "[>c"), // DA2
          kind("P!\\|[0-9A-F]*\u001b\\\\", "[=c"), // DA3
          kind("P>\\|[^\u0007]*\u001b\\\\", "[>q"), // XTVERSION
          kind("\\[[03]n", "[5n"), // operating status
          kind("\\[\\d+;\\d+R", "[6n"), // CPR
          kind("\\[\\?\\d+;\\d+(?:;\\d+)?R", "[?6n"), // DECXCPR
          kind("\\[(\\??\\d+);\\d\\$y", "[$1\\$p"), // DECRQM
          kind("\\[\\?\\d+u", "[?u"), // kitty's keyboard
          kind("\\[>4;\\dm", "[?4m"), // XTQMODKEYS
          kind("\\[4;\\d+;\\d+t", "[14t"), // sizes: of the window, a character, the text
          kind("\\[6;\\d+;\\d+t", "[16t"),
          kind("\\[8;\\d+;\\d+t", "[18t"),
          kind("\\[9;\\d+;\\d+t", "[19t"),
          kind("P[01]\\$r[0-9;:]*([ -/]?[@-~])\u001b\\\\", "P\\$q$1\u001b\\\\"), // DECRQSS
          kind("P[01]\\+r([0-9a-fA-F]+)(?:=[0-9a-fA-F]*)?\u001b\\\\", "P+q$1\u001b\\\\"),
          kind("\\](4;\\d{1,3}|1[0-9]);rgba?:[0-9a-zA-Z/]+(\u0007|\u001b\\\\)", "]$1;?$2"));

  private final List<String> queries = new ArrayList<>();

  /** Notes what the terminal has sent, as {@link KeyParser#takeReplies} has it. */
  void add(List<String> replies) {
    for (String reply : replies) {
      for (Kind kind : KINDS) {
        Matcher matcher = kind.reply().matcher(reply);
        if (queries.size() < MOST && matcher.matches()) {
          queries.add(ESC + matcher.replaceFirst(kind.query()));
          break;
        }
      }
    }
  }

  /** What has the terminal send the replies once more, in their order; nothing from then on. */
  String takeQueries() {
    String all = String.join("", queries);
    queries.clear();
    return all;
  }

  private static Kind kind(String reply, String query) {
    return new Kind(Pattern.compile(reply), query);
  }
}
