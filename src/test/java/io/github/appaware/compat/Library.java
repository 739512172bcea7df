package io.github.appaware.compat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program of {@code src/compat}. */
record Library(Program program, ClassPaths paths, Servers servers) implements Subject {
  @Override
  public String name() {
    return program.get("name");
  }

  @Override
  public String version() {
    String[] coordinates = program.get("maven").split(":", -1);
    return coordinates.length < 3 ? "the JDK's" : coordinates[2];
  }

  @Override
  public List<String> command(Jdk jdk, int port, int patience) throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Dcompat.patience=" + patience));
    command.addAll(paths.start(program));
    int own = outside() ? servers.port(program.get("needs")) : 0;
    command.add(Integer.toString(port == 0 ? own : port));
    return command;
  }

  @Override
  public Peer peer() {
    if (program.get("client").equals("no")) {
      return null;
    }
    return program.has("peer")
        ? Peer.valueOf(program.get("peer").toUpperCase(Locale.ROOT))
        : Peer.TCP;
  }

  @Override
  public boolean outside() {
    return program.has("needs");
  }

  @Override
  public String toString() {
    return name();
  }
}
