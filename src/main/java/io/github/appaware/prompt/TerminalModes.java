package io.github.appaware.prompt;

/**
 * What is written to a terminal so that a question looks and works the same whatever the program
 * wrote before: xterm's control sequences. A terminal ignores those that it does not know.
 *
 * <p>The modes below are saved and restored by XTSAVE and XTRESTORE, which xterm, VTE, kitty and
 * others have; elsewhere, as in tmux, those that were changed stay so after a question, and a
 * program that wants the mouse has to ask for it again. Colours, character set and scrolling region
 * of the program are not restored.
 */
final class TerminalModes {
  /**
   * Reports of mouse (9, 1000 to 1016), focus (1004), pasted text (2004, 5522), colours (2031) and
   * size (2048); 66 and 1 make other sequences of keys.
   */
  private static final String REPORTS =
      "1;9;66;1000;1001;1002;1003;1004;1005;1006;1007;1015;1016;2004;2031;2048;5522";

  /** Reverse video, origin mode, reverse wrapping, margins at the sides: all off. */
  private static final String LOOKS = "5;6;45;69";

  /** Lines that wrap, and a cursor. */
  private static final String WANTED = "7;25";

  /**
   * Ends whatever sequence was begun; then no insertion, no own line feeds, no colours, ASCII. The
   * scrolling region and origin mode move the cursor, which is put back.
   */
  static final String BEGIN =
      "\u0018\u001b\\\u001b[4l\u001b[20l\u001b[0m\u001b(B\u000f"
          + ("\u001b[?" + REPORTS + ";" + LOOKS + ";" + WANTED + "s")
          + ("\u001b[?" + REPORTS + "l")
          + ("\u001b7\u001b[?" + LOOKS + "l\u001b[r\u001b8\u001b[0m\u001b(B")
          + ("\u001b[?" + WANTED + "h");

  /** After a question. */
  static final String END = "\u001b7\u001b[?" + REPORTS + ";" + LOOKS + ";" + WANTED + "r\u001b8";

  /** Once this process was killed: the program is ended then. */
  static final String ABANDON = "\u001b[?1049l\u001b[0m\u001b[?25h";

  /** A screen of its own, cleared. */
  static final String OWN_SCREEN = "\u001b[?1049h\u001b[H\u001b[2J";

  static final String PROGRAMS_SCREEN = "\u001b[?1049l";

  private TerminalModes() {}
}
