package io.github.appaware.policy.model;

import java.util.List;
import java.util.stream.Collectors;

/** A policy has problems. The message has one line for each, with its help. */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1;

  /** Not serialized: the message says the same. */
  private final transient List<Problem> problems;

  private final transient List<SourceFile> sources;

  public PolicyException(List<Problem> problems, List<SourceFile> sources) {
    super(problems.stream().map(Problem::describe).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.sources = List.copyOf(sources);
  }

  /** All problems of all files, by file, line and column. */
  public List<Problem> problems() {
    return problems;
  }

  /** The files that were read or looked for. When one of them changes, reading may succeed. */
  public List<SourceFile> sources() {
    return sources;
  }
}
