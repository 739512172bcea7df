package io.github.appaware.policy.model;

/** The keys of a policy file itself; those of its tables have enums of their own. */
public enum DocumentKey implements PolicyKey {
  /** The version of the format. */
  VERSION("version"),
  /** Other policy files that belong to this one. */
  INCLUDE("include"),
  /** The table of defaults, see {@link DefaultKey}. */
  DEFAULT("default"),
  /** The applications, see {@link AppKey}. */
  APP("app"),
  /** The groups, see {@link GroupKey}. */
  GROUP("group"),
  /** The rules, see {@link RuleKey}. */
  RULE("rule");

  private final String label;

  DocumentKey(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
