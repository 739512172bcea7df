package io.github.appaware.policy.model;

import io.github.appaware.event.Peer;

/**
 * A pattern of the process at the other end: {@code run} for one of the run, {@code outside} for
 * one that is not, {@code user:NAME}, or else the name of its program's file; the last two are
 * globs.
 *
 * <p>Where the process, or what the pattern is about, is not known, a rule that allows does not
 * match, and one that denies or asks does.
 */
public final class PeerPattern {
  private static final String RUN = "run";
  private static final String OUTSIDE = "outside";
  private static final String USER_PREFIX = "user:";

  /** What is compared. */
  public enum Form {
    /** A process of the run. */
    RUN,
    /** Another one. */
    OUTSIDE,
    /** Its user's name. */
    USER,
    /** The name of its program's file. */
    FILE
  }

  private final String source;
  private final Form form;

  /** Null where the form says it all. */
  private final Glob glob;

  private PeerPattern(String source, Form form, Glob glob) {
    this.source = source;
    this.form = form;
    this.glob = glob;
  }

  /** The pattern that a policy spells so. */
  public static PeerPattern parse(String text) throws MalformedValue {
    if (text.equals(RUN)) {
      return new PeerPattern(text, Form.RUN, null);
    }
    if (text.equals(OUTSIDE)) {
      return new PeerPattern(text, Form.OUTSIDE, null);
    }
    if (text.startsWith(USER_PREFIX)) {
      return new PeerPattern(text, Form.USER, Glob.plain(text.substring(USER_PREFIX.length())));
    }
    if (text.indexOf('/') >= 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " has a slash in it, so it matches nothing",
          "a peer is `run`, `outside`, `user:NAME`, or the name of a program's file without its"
              + " directory");
    }
    return new PeerPattern(text, Form.FILE, Glob.plain(text));
  }

  /**
   * The narrowest pattern that a process has.
   *
   * @param peer a process that is not of the run
   */
  public static String of(Peer peer) {
    if (isPlain(peer.file()) && !peer.file().equals(RUN) && !peer.file().startsWith(USER_PREFIX)) {
      return peer.file();
    }
    return isPlain(peer.user()) ? USER_PREFIX + peer.user() : OUTSIDE;
  }

  /** What is compared. */
  public Form form() {
    return form;
  }

  /** Whether it has no wildcards. */
  public boolean isLiteral() {
    return glob == null || glob.isLiteral();
  }

  /** What the user's or the file's name is compared with; else empty. */
  public String name() {
    return glob == null ? "" : glob.toString();
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "*?/\\'\",".indexOf(c) < 0);
  }

  /**
   * Whether a rule with this pattern is about the process.
   *
   * @param peer or null, for an event that has none
   * @param action of the rule
   */
  public boolean matches(Peer peer, Action action) {
    if (peer == null || peer.place() == Peer.Place.NONE) {
      return false;
    }
    if (peer.place() == Peer.Place.UNKNOWN) {
      return action != Action.ALLOW;
    }
    return switch (form) {
      case RUN -> peer.place() == Peer.Place.RUN;
      case OUTSIDE -> peer.place() == Peer.Place.OUTSIDE;
      case USER -> matches(peer.user(), action);
      case FILE -> matches(peer.file(), action);
    };
  }

  private boolean matches(String name, Action action) {
    return name.isEmpty() ? action != Action.ALLOW : glob.matches(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerPattern that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
