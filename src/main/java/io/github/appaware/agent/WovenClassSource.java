package io.github.appaware.agent;

import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.wire.AgentOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * Provides woven classes: from the launcher's bundle or, for a JDK that the launcher did not
 * prepare and for classes that another agent changed first, from the weaver in the tool's jar, in a
 * class loader of its own.
 */
final class WovenClassSource {
  private final AgentOptions options;
  private BiFunction<String, byte[], byte[]> weaver;

  WovenClassSource(AgentOptions options) {
    this.options = options;
  }

  WovenClasses bundle() throws IOException, ReflectiveOperationException {
    if (!options.woven().isEmpty()
        && JdkHome.path().toRealPath().toString().equals(options.home())) {
      return WovenClasses.of(new File(options.woven()));
    }
    return WovenClasses.of(weave("", new byte[0]));
  }

  /**
   * Weaves a class, or with an empty name the bundle.
   *
   * @param offered the class file without hooks
   */
  synchronized byte[] weave(String internalName, byte[] offered)
      throws IOException, ReflectiveOperationException {
    if (weaver == null) {
      weaver = load();
    }
    return weaver.apply(internalName, offered);
  }

  @SuppressWarnings("unchecked")
  private BiFunction<String, byte[], byte[]> load()
      throws IOException, ReflectiveOperationException {
    return (BiFunction<String, byte[], byte[]>)
        new Premain(new File(options.tool()))
            .loadClass("io.github.appaware.hook.WeaverInTarget")
            .getConstructor(Path.class, Path.class, Path.class)
            .newInstance(Path.of(options.store()), Path.of(options.tool()), JdkHome.path());
  }
}
