package io.github.appaware.testkit;

import java.util.Set;

/** Records what a question of ours should not have written to a terminal. */
final class EmulatorSuspicion {
  private static final Set<String> OURS =
      Set.of("6n J 2J H m r 2l 4l 20l 12h ?l ?h ?s ?r A L M ?m >m >u <u 4i 0$}".split(" ", -1));

  private final StringBuilder strange = new StringBuilder();

  void control(char c) {
    if (c != 3) {
      strange.append(String.format("<%02x>", (int) c));
    }
  }

  void escape(String text) {
    strange.append('<').append(text).append('>');
  }

  void control(String name, int number) {
    boolean ours =
        OURS.contains(name) || OURS.contains(number + name) || name.equals("n") || name.equals("J");
    if (!ours) {
      escape(name);
    }
  }

  void command(String text) {
    if (!text.matches("1[01];(\\?|rgb:[0-9a-f/]+)|11[01]")) {
      escape("]" + text);
    }
  }

  void device(String text) {
    if (!Set.of("=2s", "0;1|", "_Ga=d,q=2").contains(text)) {
      escape("P" + text);
    }
  }

  @Override
  public String toString() {
    return strange.toString();
  }
}
