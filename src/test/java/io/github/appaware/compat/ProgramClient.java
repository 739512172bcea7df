package io.github.appaware.compat;

import io.github.appaware.target.NameServer;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of {@code src/compat} whose head says {@code table}. */
record ProgramClient(Program program, ClassPaths paths) implements NamedClient {
  private static final int PATIENCE = 60;

  @Override
  public String name() {
    return program.get("table");
  }

  @Override
  public String version() {
    return program.has("maven") ? program.get("maven").split(":", -1)[2] : "the JDK's";
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names) throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Dcompat.patience=" + PATIENCE));
    command.addAll(paths.start(program));
    command.add(Integer.toString(NameServer.REACHED));
    command.addAll(names);
    return command;
  }

  @Override
  public List<String> proxies() {
    return List.of(program.get("proxies").split(" ", -1));
  }

  @Override
  public List<String> command(Jdk jdk, Path directory, List<String> names, String kind, int port)
      throws IOException {
    List<String> command = new ArrayList<>(command(jdk, directory, names));
    command.addAll(1, List.of("-Dcompat.proxy=" + kind, "-Dcompat.proxy.port=" + port));
    return command;
  }

  @Override
  public boolean reached(Result result, String name) {
    return result.out().lines().anyMatch((name + ": reached")::equals);
  }

  @Override
  public String toString() {
    return name();
  }
}
