package io.github.appaware.prompt;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.utils.NonBlockingInputStream;

/**
 * The controlling terminal, whatever the standard streams are. Its modes are read and set by {@code
 * stty}, once each: a native library would need an option of the JVM from JDK 24 on.
 */
final class TtyPty extends ExecPty {
  private static final Pattern SIZE = Pattern.compile("rows (\\d+); columns (\\d+);");

  private TerminalState state;
  private Attributes known;
  private Size size = Size.of(80, 24);
  private FileInputStream raw;
  private NonBlockingInputStream input;

  TtyPty() {
    super(null, null, Tty.PATH);
  }

  /** Reads the modes and the size. */
  void measure() throws IOException {
    String both = Tty.run(List.of("/bin/sh", "-c", "stty -F /dev/tty -g && stty -F /dev/tty -a"));
    int end = both.indexOf('\n') + 1;
    String config = both.substring(end);
    state = new TerminalState(both.substring(0, end).strip());
    known = doGetAttr(config);
    size(config);
  }

  /** Reads the size alone. */
  void measureSize() throws IOException {
    size(doGetConfig());
  }

  private void size(String config) {
    Matcher found = SIZE.matcher(config);
    if (found.find()) {
      int rows = Integer.parseInt(found.group(1));
      int columns = Integer.parseInt(found.group(2));
      size = Size.of(columns == 0 ? 80 : columns, rows == 0 ? 24 : rows);
    }
  }

  /** The modes when they were last read. */
  TerminalState state() {
    return state;
  }

  /** The size when it was last read. */
  Size known() {
    return size;
  }

  /** Whether another program has taken it over: its input is not in lines. */
  boolean isTaken() {
    return !known.getLocalFlag(Attributes.LocalFlag.ICANON);
  }

  /**
   * From now on keys can be read at once, and are not echoed. Ctrl-C and Ctrl-Z stay signals if
   * they were, and other processes' output looks as before.
   */
  void enterRaw() throws IOException {
    Attributes raw = new Attributes(known);
    raw.setLocalFlags(
        EnumSet.of(
            Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO, Attributes.LocalFlag.IEXTEN),
        false);
    raw.setInputFlags(
        EnumSet.of(
            Attributes.InputFlag.IXON, Attributes.InputFlag.ICRNL, Attributes.InputFlag.INLCR),
        false);
    raw.setOutputFlags(EnumSet.of(Attributes.OutputFlag.OPOST, Attributes.OutputFlag.ONLCR), true);
    raw.setControlChar(Attributes.ControlChar.VMIN, 0);
    raw.setControlChar(Attributes.ControlChar.VTIME, 1);
    setAttr(raw);
  }

  @Override
  protected void doSetAttr(Attributes wanted) throws IOException {
    List<String> flags = getFlagsToSet(wanted, known);
    if (!flags.isEmpty()) {
      Tty.stty(flags);
    }
  }

  @Override
  protected String doGetConfig() throws IOException {
    return Tty.stty(List.of("-a"));
  }

  @Override
  protected InputStream doGetSlaveInput() throws IOException {
    raw = new FileInputStream(getName());
    return raw;
  }

  /** Reads a byte: -1 when the terminal is gone, -2 when the time is over. */
  int read(long millis) throws IOException {
    return input().read(millis);
  }

  /** Whether input is available. */
  boolean hasInput() throws IOException {
    return input() != null && raw.available() > 0;
  }

  private NonBlockingInputStream input() throws IOException {
    if (input == null) {
      input = (NonBlockingInputStream) getSlaveInput();
    }
    return input;
  }

  @Override
  public void close() throws IOException {
    if (raw != null) {
      raw.close();
    }
  }
}
