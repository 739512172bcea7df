package io.github.appaware.target;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says hello, and what memory that took: the least a program can do. */
public final class Hello {
  private Hello() {}

  /** Prints two lines: hello, and the peak of its resident set in KiB. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("hello");
    try (FileInputStream in = new FileInputStream("/proc/self/status")) {
      String status = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      int from = status.indexOf("VmHWM:") + "VmHWM:".length();
      System.out.println(status.substring(from, status.indexOf("kB", from)).trim());
    }
  }
}
