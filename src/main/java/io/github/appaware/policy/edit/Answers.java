package io.github.appaware.policy.edit;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Appends rules to a policy file: people's answers, and the rules of {@code policy add}. When
 * {@link #append} returns, the rule is on disk; the rest of the file is as it was, with its
 * comments, order, line endings and missing last line end. Any number of threads and processes may
 * append at once, see {@link AtomicFileEdit}.
 */
public final class Answers {
  private static final String NEW_FILE = "version = 1\n";

  private final Path file;
  private final List<Path> others;
  private final String newFile;
  private final AppendedText appended;

  /**
   * The answers of a merged policy.
   *
   * @param file to append to; made with mode 0600, and its directory, if it does not exist
   * @param policy the files that it is merged with, for ids that must be unique; those that can't
   *     be read don't keep an answer from being saved
   */
  public Answers(Path file, List<Path> policy) {
    this(file, policy, NEW_FILE);
  }

  /**
   * As above.
   *
   * @param newFile what the file begins with if it does not exist
   */
  public Answers(Path file, List<Path> policy, String newFile) {
    this.file = file;
    this.newFile = newFile;
    this.appended = new AppendedText(file);
    this.others = policy.stream().filter(each -> !isSame(each, file)).toList();
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /**
   * An entry with the comment above it.
   *
   * @param comment lines that begin with {@code #}
   * @param block a rule without an id gets one; null for a comment alone
   */
  public record Addition(List<String> comment, PolicyEntry block) {
    public Addition {
      comment = List.copyOf(comment);
    }

    List<String> lines() throws EditException {
      List<String> lines = new ArrayList<>(comment);
      if (block != null) {
        lines.addAll(block.lines());
      }
      return lines;
    }
  }

  /**
   * A rule that is on disk.
   *
   * @param file as it was named
   * @param line of the block's header, from 1
   * @param id of the rule
   * @param lines as they were written, the comment's first
   */
  public record Saved(Path file, int line, String id, List<String> lines) {
    /** Where it stands: {@code policy.toml:12}. */
    public String at() {
      return file + ":" + line;
    }
  }

  /**
   * Saves one rule.
   *
   * @throws EditException if it is not saved: the file can't be written or has problems itself, or
   *     the rule has
   */
  public Saved append(PolicyEntry rule, AnswerComment comment) throws EditException {
    return appendAll(List.of(new Addition(List.of(comment.line()), rule))).get(0);
  }

  /**
   * Saves all of them, or none.
   *
   * @return the position of each entry that is not null
   * @throws EditException if nothing is saved
   */
  public List<Saved> appendAll(List<Addition> additions) throws EditException {
    List<Saved> saved = new ArrayList<>();
    appended.checkAlone(additions);
    AtomicFileEdit.edit(file, text -> appended(text == null ? newFile : text, additions, saved));
    return saved;
  }

  /**
   * The lines that {@link #append} would write now; another run may still take the id.
   *
   * @throws EditException if it would not be saved
   */
  public List<String> preview(PolicyEntry rule, AnswerComment comment) throws EditException {
    return preview(List.of(new Addition(List.of(comment.line()), rule)));
  }

  /**
   * The lines that {@link #appendAll} would write now; another run may still take an id.
   *
   * @throws EditException if they would not be saved
   */
  public List<String> preview(List<Addition> additions) throws EditException {
    try {
      String text = Files.exists(file) ? FileText.read(file) : newFile;
      List<Saved> saved = new ArrayList<>();
      appended.checkAlone(additions);
      String unused = appended(text, additions, saved);
      return saved.stream().flatMap(each -> each.lines().stream()).toList();
    } catch (MalformedValue unreadable) {
      throw new EditException(file + ": " + unreadable.getMessage(), unreadable.help());
    }
  }

  /**
   * The text and the positions of answers, for a store that keeps each answer separately.
   *
   * @param text a whole policy
   * @param saved the position of each entry that was not omitted
   */
  public record Composed(String text, List<Saved> saved) {
    public Composed {
      saved = List.copyOf(saved);
    }
  }

  /**
   * The text of answers that are stored separately from others.
   *
   * @param name what the text is called in messages and reasons
   * @param others what the others say; an {@code [[app]]} that one of them has alike is left out
   * @throws EditException if an entry is invalid or its id is taken
   */
  public static Composed compose(String name, List<TakenIds> others, List<Addition> additions)
      throws EditException {
    AppendedText text = new AppendedText(Path.of(name));
    text.checkAlone(additions);
    Set<String> ids = new HashSet<>();
    others.forEach(each -> ids.addAll(each.rules()));
    List<Addition> wanted = new ArrayList<>();
    for (Addition addition : additions) {
      boolean there = addition.block() != null && TakenIds.has(others, addition.block());
      wanted.add(there ? new Addition(addition.comment(), null) : addition);
    }
    List<Saved> saved = new ArrayList<>();
    return new Composed(text.append(NEW_FILE, ids, wanted, saved), saved);
  }

  /**
   * The text that a new file would have.
   *
   * @throws EditException if an entry is invalid
   */
  public static String compose(String newFile, List<Addition> additions) throws EditException {
    AppendedText text = new AppendedText(Path.of("policy.toml"));
    return text.append(newFile, new HashSet<>(), additions, new ArrayList<>());
  }

  private String appended(String text, List<Addition> additions, List<Saved> saved)
      throws EditException {
    Set<String> ids = new HashSet<>();
    for (Path other : others) {
      ids.addAll(RuleIds.in(other));
    }
    return appended.append(text, ids, additions, saved);
  }
}
