package io.github.appaware.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.jar.asm.Opcodes;

/** A class in an agent's place, whose premain method does nothing. */
public final class EmptyPremain {
  private EmptyPremain() {}

  /** The class file. */
  public static byte[] named(String name) {
    return new ByteBuddy()
        .subclass(Object.class)
        .name(name)
        .defineMethod("premain", void.class, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)
        .withParameters(String.class)
        .intercept(StubMethod.INSTANCE)
        .make()
        .getBytes();
  }

  /** Writes it where it is asked for, in a folder that may not be there yet. */
  public static void write(Path file, String name) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, named(name));
  }
}
