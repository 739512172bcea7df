package com.telemetry;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A library that phones home, and swallows what becomes of it. */
public final class Tracker {
  private Tracker() {}

  public static void report(String what) {
    try (Socket socket = new Socket("telemetry.example", 443)) {
      socket.getOutputStream().write(what.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // its users shall not notice
    }
  }
}
