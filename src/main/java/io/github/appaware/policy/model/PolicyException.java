package io.github.appaware.policy.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy that can't be used. The message holds all its problems, a line each, with their help.
 */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1;

  /** Not serialized: the message says the same, and nobody sends this anywhere. */
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

  /** The files that were read or looked for; when one of them changes, it is worth another try. */
  public List<SourceFile> sources() {
    return sources;
  }
}
