package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes to the terminal what would answer, overwrite or imitate a question, before and while it is
 * asked, then reads a line.
 *
 * <p>Arguments: a port; a file with one sequence a line, in hexadecimal digits; how many questions;
 * {@code stdout} or {@code tty}. Each question is one of as many parts of the file, and a part of
 * that is written again and again by another thread.
 */
public final class TerminalAttacks {
  private static final String SPOOF =
      "\u001b[2J\u001b[H-- appaware asks ------------ denied in 30 s --\r\n"
          + " connect tcp to repo1.maven.org:443\r\n [a] allow once  [r] allow for this run\r\n > ";

  private static final Object LOCK = new Object();

  private static boolean asking;

  private TerminalAttacks() {}

  @SuppressWarnings("ClosingStandardOutputStreams") // it is the last thing that is done with it
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    List<String> sequences = Files.readAllLines(Path.of(arguments[1]));
    int questions = Integer.parseInt(arguments[2]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    try (OutputStream terminal =
        arguments[3].equals("tty") ? new FileOutputStream("/dev/tty") : System.out) {
      Thread painter = new Thread(() -> paint(terminal), "painter");
      painter.setDaemon(true);
      painter.start();
      int each = (sequences.size() + questions - 1) / questions;
      for (int i = 0; i < questions; i++) {
        int end = Math.min(sequences.size(), (i + 1) * each);
        for (String sequence : sequences.subList(Math.min(i * each, end), end)) {
          terminal.write(bytes(sequence));
          terminal.flush();
        }
        synchronized (LOCK) {
          asking = true;
        }
        String outcome = connect(port);
        synchronized (LOCK) {
          asking = false;
        }
        // Whatever was begun is ended, and the screen is plain again.
        terminal.write(
            ("\u0018\u001b\\\u001bc" + i + " " + outcome + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        terminal.flush();
        terminal.write(
            (i + " read <" + in.readLine() + ">\r\n").getBytes(StandardCharsets.US_ASCII));
        terminal.flush();
      }
    }
  }

  private static byte[] bytes(String hexadecimal) {
    byte[] bytes = new byte[hexadecimal.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hexadecimal.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  private static String connect(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "connected to " + socket.getPort();
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** Many lines a second, as long as the verdict is not known here. */
  private static void paint(OutputStream terminal) {
    while (true) {
      try {
        synchronized (LOCK) {
          if (asking) {
            terminal.write((SPOOF + "chatty\r\n").getBytes(StandardCharsets.US_ASCII));
            terminal.flush();
          }
        }
        Thread.sleep(20);
      } catch (IOException | InterruptedException e) {
        return;
      }
    }
  }
}
