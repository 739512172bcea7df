package io.github.appaware.cli;

import io.github.appaware.server.local.ClaimedProcesses;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** {@link ServerMain} for clients that play several processes. */
public final class ClaimedServerMain {
  private ClaimedServerMain() {}

  public static void main(String[] arguments) {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.exit(ServerMain.serve(in, directory -> new ClaimedProcesses()));
  }
}
