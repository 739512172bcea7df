package io.github.appaware.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Prints how the launcher parsed its command line, or waits to be measured. Run by the tests. */
public final class Echo {
  private Echo() {}

  /** Prints command, class path and arguments, each ended by a zero; with "wait" until told. */
  public static void main(String[] arguments) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(System.getProperty("sun.java.command")).append('\0');
    text.append(System.getProperty("java.class.path")).append('\0');
    for (String argument : arguments) {
      text.append(argument).append('\0');
    }
    System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    if (arguments.length > 0 && arguments[0].equals("wait")) {
      System.in.read();
    }
  }
}
