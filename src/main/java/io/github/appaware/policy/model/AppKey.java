package io.github.appaware.policy.model;

/** The keys of {@code [[app]]}. */
public enum AppKey implements PolicyKey {
  /** The id that the application gets. */
  ID("id"),
  /** A glob over the application's file name. */
  FILE("file"),
  /** Digests, one of which must be the application's. */
  SHA256("sha256");

  private final String label;

  AppKey(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
