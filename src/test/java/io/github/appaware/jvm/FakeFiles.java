package io.github.appaware.jvm;

import java.util.List;
import java.util.Map;

/** Files in memory: argument files by name, and directories of jars. */
record FakeFiles(Map<String, String> texts, Map<String, List<String>> directories)
    implements OptionFiles {
  @Override
  public byte[] bytes(String name, String option) throws OptionException {
    if (!texts.containsKey(name)) {
      throw new OptionException("`" + option + "`: no such file");
    }
    return texts.get(name).getBytes(NativeText.CHARSET);
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
