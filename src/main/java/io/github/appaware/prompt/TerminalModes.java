package io.github.appaware.prompt;

/**
 * What is written to a terminal so that a question looks and works the same whatever the program
 * wrote before: xterm's control sequences. A terminal ignores those that it does not know, but for
 * Linux's console, which is sent only those that old versions ignore too.
 *
 * <p>The modes below are saved and restored by XTSAVE and XTRESTORE, which xterm, VTE, kitty and
 * others have; elsewhere, as in tmux, those that were changed stay so after a question, and a
 * program that wants the mouse has to ask for it again. Colours and images of the program that are
 * not in the text, texts of keys, character set and scrolling region are not restored; for the
 * colours of text and background see {@link ProgramSettings}.
 */
final class TerminalModes {
  /**
   * Reports of mouse (9, 1000 to 1016), focus (1004), pasted text (2004, 5522), colours (2031) and
   * size (2048); 1, 66 and 9001 make other sequences of keys.
   */
  private static final String REPORTS =
      "1;9;66;1000;1001;1002;1003;1004;1005;1006;1007;1015;1016;2004;2031;2048;5522;9001";

  /** Reverse video, origin mode, reverse wrapping, margins at the sides: all off. */
  private static final String LOOKS = "5;6;45;69";

  /** Lines that wrap, and a cursor. */
  private static final String WANTED = "7;25";

  /**
   * Ends whatever sequence was begun, and what takes the output away from the screen: VT52's mode,
   * Tektronix's, a printer, a status line, an update that is not shown until it is complete.
   */
  private static final String COME_BACK =
      "\u0018\u001b\\\u001b<\u001b\u0003\u0018\u001b[4i\u001b[0$}\u001b[?2026l\u001bP=2s\u001b\\";

  /** Keys are plain, by kitty's protocol; pushed, so that the program's choice comes back. */
  private static final String PLAIN_KEYS = "\u001b[>0u";

  private static final String KEYS_AS_BEFORE = "\u001b[<u";

  /**
   * Keys that a program has given a text of its own, by DECUDK, send none: they are all cleared.
   */
  private static final String NO_KEY_TEXTS = "\u001bP0;1|\u001b\\";

  /** Images may lie above text; those of kitty's protocol are deleted. */
  private static final String NO_IMAGES = "\u001b_Ga=d,q=2\u001b\\";

  /**
   * No insertion, no own line feeds, no locked keyboard, no local echo, no colours, ASCII. The
   * scrolling region and origin mode move the cursor, which is put back.
   */
  private static final String PLAIN =
      "\u001b[4l\u001b[20l\u001b[2l\u001b[12h\u001b[0m\u001b(B\u000f"
          + ("\u001b[?" + REPORTS + ";" + LOOKS + ";" + WANTED + "s")
          + ("\u001b[?" + REPORTS + "l")
          + ("\u001b7\u001b[?" + LOOKS + "l\u001b[r\u001b8\u001b[0m\u001b(B")
          + ("\u001b[?" + WANTED + "h");

  /** Before a question. */
  static final String BEGIN = COME_BACK + PLAIN + NO_KEY_TEXTS + NO_IMAGES + PLAIN_KEYS;

  /** The same on Linux's console, with its own colours. */
  static final String BEGIN_ON_CONSOLE = "\u0018\u001b\\" + PLAIN + "\u001b]R";

  /** After a question on Linux's console. */
  static final String END_ON_CONSOLE =
      "\u001b7\u001b[?" + REPORTS + ";" + LOOKS + ";" + WANTED + "r\u001b8";

  /** After a question. */
  static final String END = KEYS_AS_BEFORE + END_ON_CONSOLE;

  /** Once this process was killed: the program is ended then. */
  static final String ABANDON = "\u001b[?1049l\u001b[0m\u001b[?25h";

  /** A screen of its own, cleared. */
  static final String OWN_SCREEN = "\u001b[?1049h\u001b[H\u001b[2J";

  /** The keyboard of that screen, which kitty's protocol has apart. */
  static final String OWN_KEYS = PLAIN_KEYS;

  /** Back from it. */
  static final String PROGRAMS_SCREEN = "\u001b[?1049l";

  static final String PROGRAMS_KEYS = KEYS_AS_BEFORE;

  private TerminalModes() {}
}
