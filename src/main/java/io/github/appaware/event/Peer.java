package io.github.appaware.event;

import java.util.Locale;

/**
 * The process at the other end of an event that does not leave the machine, as the decision server
 * finds it; an agent never says. Except for the place and the user's number, all of it is what the
 * process says of itself: hostile text until {@link Text#printable escaped}.
 *
 * @param place whether it belongs to the run
 * @param pid its number; 0 where it is not known
 * @param user the user's name, else the number; empty where it is not known
 * @param file the name of the program's file: {@code java}; empty where it is not known
 * @param program what it runs, where the file does not say: {@code GradleDaemon}; may be empty
 */
public record Peer(Place place, long pid, String user, String file, String program) {
  /** Where a process belongs. The order is part of the wire format: append only. */
  public enum Place {
    /** To the run of the event. */
    RUN,
    /** To no run, or to another one: what it does is not judged by this run's policy. */
    OUTSIDE,
    /** Not known: there is no {@code /proc}, or the event is of another machine. */
    UNKNOWN,
    /** Nothing listened there. */
    NONE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in the record: {@code outside}. */
    public String label() {
      return label;
    }
  }

  /** Nothing can be found out. */
  public static final Peer UNKNOWN = new Peer(Place.UNKNOWN, 0, "", "", "");

  /** Nothing listens. */
  public static final Peer NONE = new Peer(Place.NONE, 0, "", "", "");

  /** Whether it is a process that is not of the run. */
  public boolean isOutside() {
    return place == Place.OUTSIDE;
  }

  /** {@code java (GradleDaemon), process 4711 of user me}. */
  public String describe() {
    StringBuilder text = new StringBuilder(file.isEmpty() ? "a process" : Text.printable(file));
    if (!program.isEmpty()) {
      text.append(" (").append(Text.printable(program)).append(')');
    }
    if (pid != 0) {
      text.append(file.isEmpty() ? " " : ", process ").append(pid);
    }
    return user.isEmpty() ? text.toString() : text + " of user " + Text.printable(user);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Peer that
        && place == that.place
        && pid == that.pid
        && user.equals(that.user)
        && file.equals(that.file)
        && program.equals(that.program);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * place.label().hashCode() + Long.hashCode(pid)) + file.hashCode();
  }
}
