package io.github.appaware.target;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the terminal's keys one by one, asks the terminal something, connects when it begins to
 * reply, and only then reads what it says, and a line.
 *
 * <p>Arguments: a port; the queries in hexadecimal digits.
 */
public final class EarlyAsker {
  private EarlyAsker() {}

  public static void main(String[] arguments) throws Exception {
    stty("-icanon -echo min 1");
    try (InputStream in = new FileInputStream("/dev/tty");
        OutputStream out = new FileOutputStream("/dev/tty")) {
      out.write(HexFormat.of().parseHex(arguments[1]));
      while (in.available() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      String outcome = connect(Integer.parseInt(arguments[0]));
      out.write((outcome + "\r\n").getBytes(StandardCharsets.US_ASCII));
      StringBuilder read = new StringBuilder();
      for (int c = in.read(); c != '\n' && c != '\r' && c >= 0; c = in.read()) {
        read.append(c >= ' ' && c < 0x7f ? String.valueOf((char) c) : "<" + c + ">");
      }
      out.write(("got <" + read + ">\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    stty("sane");
  }

  private static String connect(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "connected to " + socket.getPort();
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static void stty(String modes) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("/bin/sh", "-c", "stty " + modes + " </dev/tty").start().waitFor();
    if (status != 0) {
      throw new IOException("stty " + modes + ": " + status);
    }
  }
}
