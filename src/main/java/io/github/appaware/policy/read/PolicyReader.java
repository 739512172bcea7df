package io.github.appaware.policy.read;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads policies. A policy with a problem is refused as a whole. */
public final class PolicyReader {
  private final Problems problems = new Problems();
  private final PolicyBuilder builder = new PolicyBuilder(problems);
  private final SourceFiles files;

  private PolicyReader(HostLists lists, boolean readLists) {
    this.files = new SourceFiles(problems, builder.warnings(), lists, readLists);
  }

  /**
   * Reads files and merges them; their order does not matter for what the policy decides.
   *
   * @param files shown in messages and reasons as they are given; none is the policy of defaults
   * @throws PolicyException with all problems of all files
   */
  public static Policy read(List<Path> files) throws PolicyException {
    return read(files, new HostLists());
  }

  /** As above, with the names of all host lists in these. */
  static Policy read(List<Path> files, HostLists lists) throws PolicyException {
    PolicyReader reader = new PolicyReader(lists, true);
    for (Path file : files) {
      reader.add(file);
    }
    return reader.finish();
  }

  /**
   * Reads files and texts that are stored elsewhere, and merges them. Such a text can't name files:
   * the right to store a policy does not include the right to read files of this machine.
   *
   * @param files as above
   * @param stored the texts by what they are called in messages and reasons, in their order
   * @param more problems that were found already
   * @throws PolicyException with all problems of all of them
   */
  public static Policy read(List<Path> files, Map<String, String> stored, List<Problem> more)
      throws PolicyException {
    PolicyReader reader = new PolicyReader(new HostLists(), true);
    for (Path file : files) {
      reader.add(file);
    }
    for (Problem problem : more) {
      reader.problems.begin(problem.file());
      reader.problems.add(problem);
    }
    for (Map.Entry<String, String> text : stored.entrySet()) {
      reader.files.store(text.getKey());
      reader.add(text.getKey(), text.getValue());
    }
    return reader.finish();
  }

  /**
   * Reads text that is in no file; files that it names are looked for beside {@code name}.
   *
   * @param name shown in messages and reasons in place of a file
   * @throws PolicyException with all problems of the text
   */
  public static Policy parse(String name, String text) throws PolicyException {
    PolicyReader reader = new PolicyReader(new HostLists(), true);
    reader.add(name, text);
    return reader.finish();
  }

  private Policy finish() throws PolicyException {
    return builder.finish(files.lists(), files.sources());
  }

  /**
   * What is wrong with text that is to become this file, by itself and with what it includes.
   *
   * @param readLists whether host lists are read: a long one takes longer than all the rest
   */
  public static List<Problem> problems(String name, String text, boolean readLists) {
    PolicyReader reader = new PolicyReader(new HostLists(), readLists);
    reader.add(name, text);
    try {
      Policy unused = reader.finish();
      return List.of();
    } catch (PolicyException e) {
      return e.problems();
    }
  }

  private void add(Path file) {
    String name = file.toString();
    problems.begin(name);
    try {
      add(name, file);
    } catch (MalformedValue unreadable) {
      problems.add(Position.of(name), unreadable);
    }
  }

  private void add(String name, Path file) throws MalformedValue {
    String text = files.open(file);
    try {
      if (text != null) {
        add(name, text);
      }
    } finally {
      files.close();
    }
  }

  private void add(String name, String text) {
    problems.begin(name);
    List<Located<String>> includes = List.of();
    try {
      List<PolicyChunks.Chunk> chunks = TomlText.chunks(text);
      for (int i = 0; i < chunks.size(); i++) {
        boolean first = i == 0;
        TableReader document = TomlText.parse(name, chunks.get(i), problems).orElse(null);
        if (document != null) {
          DocumentReader.read(document, first, chunks.size() > 1, builder, files);
          includes = first ? DocumentReader.includes(document) : includes;
        }
      }
    } catch (MalformedValue unreadable) {
      problems.add(Position.of(name), unreadable);
    }
    includes.forEach(this::include);
  }

  private void include(Located<String> other) {
    String from = other.at().file();
    try {
      files.mayName(from);
      Path file = SourceFiles.resolve(other.value(), from);
      try {
        add(file.toString(), file);
      } catch (MalformedValue why) {
        throw SourceFiles.unusable("the file", other.value(), why, from);
      }
    } catch (MalformedValue unusable) {
      problems.add(other.at(), unusable);
    }
  }
}
