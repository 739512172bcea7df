package io.github.appaware.identity;

import java.util.List;
import java.util.Map;

/** Files in memory: argument files by name, and directories of jars. */
record FakeFiles(Map<String, String> texts, Map<String, List<String>> directories)
    implements ArgFiles {
  @Override
  public String text(String name) throws TargetException {
    if (!texts.containsKey(name)) {
      throw TargetException.failed("`@" + name + "`: no such file");
    }
    return texts.get(name);
  }

  @Override
  public boolean exists(String name) {
    return texts.containsKey(name);
  }

  @Override
  public List<String> jars(String directory) {
    return directories.getOrDefault(directory, List.of());
  }
}
