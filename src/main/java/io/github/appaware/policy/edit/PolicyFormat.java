package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings policy files into the canonical form, without changing their meaning or their comments. It
 * formats any TOML, valid policy or not; formatting twice changes nothing.
 */
public final class PolicyFormat {
  private PolicyFormat() {}

  /**
   * Formats a file in place, as safely as answers are saved.
   *
   * @return whether it was changed
   * @throws EditException if it can't be read or written or is not TOML; it is as it was then
   */
  public static boolean format(Path file) throws EditException {
    if (isFormatted(file)) {
      return false;
    }
    AtomicFileEdit.editExisting(file, text -> format(file.toString(), text));
    return true;
  }

  /**
   * Whether formatting would change nothing.
   *
   * @throws EditException if it can't be read or is not TOML
   */
  public static boolean isFormatted(Path file) throws EditException {
    try {
      String text = FileText.read(file);
      return format(file.toString(), text).equals(text);
    } catch (MalformedValue unreadable) {
      throw new EditException(file + ": " + unreadable.getMessage(), unreadable.help());
    }
  }

  /**
   * The text in the canonical form, with the line end that most of its lines have.
   *
   * @param name of the file, for problems
   */
  static String format(String name, String text) throws EditException {
    Object meaning = TomlTree.parse(name, text);
    List<TomlItem> items = TomlLayout.of(text);
    String end = ParagraphAppender.lineEnd(text);
    List<String> lines = TomlFormatter.format(items);
    String formatted = lines.isEmpty() ? "" : String.join(end, lines) + end;
    List<String> comments = TomlLayout.comments(items);
    if (!TomlTree.parse(name, formatted).equals(meaning)
        || !TomlLayout.comments(TomlLayout.of(formatted)).equals(comments)) {
      throw new EditException(
          "`" + name + "` can't be formatted without changing it",
          "please report it with the file");
    }
    return formatted;
  }
}
