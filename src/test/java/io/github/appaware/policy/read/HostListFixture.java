package io.github.appaware.policy.read;

import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.MalformedValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Host lists that are in no file. */
public final class HostListFixture {
  private HostListFixture() {}

  /** Adds a list of this text to the others. */
  public static HostList list(HostLists lists, String name, String text) {
    HostList list = lists.begin(Path.of(name), name);
    try {
      HostListReader.read(
          text.getBytes(StandardCharsets.UTF_8), lists, list, new Problems(), new Problems());
    } catch (MalformedValue e) {
      throw new AssertionError(e);
    }
    return list;
  }
}
