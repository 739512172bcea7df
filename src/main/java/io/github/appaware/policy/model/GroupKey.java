package io.github.appaware.policy.model;

/** The keys of {@code [[group]]}. */
public enum GroupKey implements PolicyKey {
  /** The id by which rules name the group. */
  ID("id"),
  /** Globs over machine names. */
  MACHINE("machine"),
  /** Globs over user names. */
  USER("user"),
  /** Ids of applications. */
  APP("app");

  private final String label;

  GroupKey(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
