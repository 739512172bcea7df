package io.github.appaware.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of the form of {@code /proc}. */
final class FakeProc {
  private final Path root;

  FakeProc(Path root) {
    this.root = root;
  }

  ProcFs proc() {
    return ProcFs.at(root);
  }

  /** A process that started as many ticks after the system as its number says. */
  FakeProc process(long pid, String name, char state, long parent) throws IOException {
    return stat(pid, name, state, parent, pid);
  }

  FakeProc stat(long pid, String name, char state, long parent, long started) throws IOException {
    String rest = ProcessInfoTest.REST.replace(" 4711 ", " " + started + " ");
    return file(
        pid + "/stat", pid + " (" + name + ") " + state + " " + parent + " " + pid + rest + "\n");
  }

  FakeProc file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  FakeProc link(String name, String target) throws IOException {
    Path link = root.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
    return this;
  }
}
