package io.github.appaware.policy;

import java.nio.file.Path;
import java.util.List;

/** Reads policies. Nothing of a policy with a problem is ever used. */
public final class PolicyReader {
  private final Problems problems = new Problems();
  private final Draft draft = new Draft(problems);

  private PolicyReader() {}

  /**
   * Reads files and merges them; their order does not matter for what the policy decides.
   *
   * @param files shown in messages and reasons as they are given; none is the policy of defaults
   * @throws PolicyException with all problems of all files
   */
  public static Policy read(List<Path> files) throws PolicyException {
    PolicyReader reader = new PolicyReader();
    for (Path file : files) {
      reader.add(file);
    }
    return reader.draft.finish();
  }

  /**
   * Reads text that comes from no file.
   *
   * @param name shown in messages and reasons in place of a file
   * @throws PolicyException with all problems of the text
   */
  public static Policy parse(String name, String text) throws PolicyException {
    PolicyReader reader = new PolicyReader();
    reader.add(name, text);
    return reader.draft.finish();
  }

  /**
   * What is wrong with text that is to become the file, or a part of it, by itself: applications
   * that it does not define may be defined in other files.
   */
  static List<Problem> problems(String name, String text) {
    PolicyReader reader = new PolicyReader();
    reader.draft.bePartial();
    reader.add(name, text);
    try {
      Policy unused = reader.draft.finish();
      return List.of();
    } catch (PolicyException e) {
      return e.problems();
    }
  }

  private void add(Path file) {
    String name = file.toString();
    try {
      add(name, FileText.read(file));
    } catch (MalformedValue unreadable) {
      problems.begin(name);
      problems.addUnreadable(Spot.of(name), unreadable.getMessage(), unreadable.help());
    }
  }

  private void add(String name, String text) {
    problems.begin(name);
    TomlText.parse(name, text, problems)
        .ifPresent(document -> DocumentReader.read(document, draft));
  }
}
