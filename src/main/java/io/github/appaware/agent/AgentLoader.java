package io.github.appaware.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the classes of one jar, and otherwise only those of the JDK: the application's class path
 * and the jar's classes do not affect each other.
 *
 * <p>A zip file instead of URLs: URL handling would load network classes before they are hooked.
 */
final class AgentLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** Stays open while the JVM runs, for classes that are loaded late. */
  private final ZipFile jar;

  AgentLoader(Path jar) throws IOException {
    super("appaware", ClassLoader.getPlatformClassLoader());
    this.jar = new ZipFile(jar.toFile());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] bytes = read(name);
    return bytes == null ? null : new java.io.ByteArrayInputStream(bytes);
  }

  private byte[] read(String name) {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + name + " of " + jar.getName(), e);
    }
  }
}
