package io.github.appaware.target;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * An interactive shell as many libraries make one: takes the terminal's keys one by one, echoes and
 * edits them itself. When the file {@code go} is there, another thread connects.
 *
 * <p>Arguments: a port; {@code keys}, or {@code line} for a shell that leaves editing to the
 * terminal; a terminal's queries in hexadecimal digits that are written before the last line, whose
 * answers are part of it.
 */
public final class LineEditor {
  private final InputStream in;
  private final OutputStream out;
  private final boolean keys;

  private LineEditor(InputStream in, OutputStream out, boolean keys) {
    this.in = in;
    this.out = out;
    this.keys = keys;
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    boolean keys = arguments[1].equals("keys");
    if (keys) {
      stty("-icanon -echo min 1");
    }
    try (InputStream in = new FileInputStream("/dev/tty");
        OutputStream out = new FileOutputStream("/dev/tty")) {
      LineEditor editor = new LineEditor(in, out, keys);
      Thread other = new Thread(() -> connect(port), "other");
      other.start();
      String first = editor.read("first> ");
      editor.say("read");
      other.join();
      editor.say("got <" + first + ">");
      editor.say("got <" + editor.read("second> ") + ">");
      if (arguments.length > 2) {
        editor.ask(arguments[2]);
      }
      editor.say("over");
    }
    if (keys) {
      stty("sane");
    }
  }

  /** Shows what the terminal answers. Its own editing is off, or it would show it in its way. */
  private void ask(String queries) throws IOException {
    byte[] bytes = new byte[queries.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(queries.substring(2 * i, 2 * i + 2), 16);
    }
    out.write(bytes);
    say("third> asked");
    StringBuilder answers = new StringBuilder();
    for (int c = in.read(); c != '\n' && c != '\r' && c >= 0; c = in.read()) {
      answers.append(c >= ' ' && c < 0x7f ? String.valueOf((char) c) : "<" + c + ">");
    }
    say("got <" + answers + ">");
  }

  private static void connect(int port) {
    while (!Files.exists(Path.of("go"))) {
      LockSupport.parkNanos(10_000_000);
    }
    try (Socket socket = new Socket("127.0.0.1", port)) {
      Files.writeString(Path.of("outcome"), "connected " + socket.getPort());
    } catch (IOException e) {
      write(e.getClass().getSimpleName());
    }
  }

  private static void write(String outcome) {
    try {
      Files.writeString(Path.of("outcome"), outcome);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String read(String prompt) throws IOException {
    out.write(prompt.getBytes(StandardCharsets.US_ASCII));
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n' && c != '\r' && c >= 0; c = in.read()) {
      if (keys && c == 0x7f) {
        line.setLength(Math.max(0, line.length() - 1));
        out.write("\b \b".getBytes(StandardCharsets.US_ASCII));
        continue;
      }
      line.append((char) c);
      if (keys) {
        out.write(c);
      }
    }
    say("");
    return line.toString();
  }

  private static void stty(String modes) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("/bin/sh", "-c", "stty " + modes + " </dev/tty").start().waitFor();
    if (status != 0) {
      throw new IOException("stty " + modes + ": " + status);
    }
  }
}
