package io.github.appaware.agent;

import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.PremainJar;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/**
 * Makes a premain jar for each JVM that this one starts: a name that the application could not know
 * when it settled the child's class path, and options from this agent's memory instead of a file
 * that the application can write.
 */
final class PremainJars {
  private static final String DIGITS = "0123456789abcdef";
  private static final String RANDOM = "/dev/urandom";

  private final AgentOptions options;
  private byte[] template;

  PremainJars(AgentOptions options) {
    this.options = options;
  }

  /** The path of a new jar in the run's directory, which the child deletes when it ends. */
  synchronized String make() throws IOException {
    if (template == null) {
      template = template();
    }
    String id = id();
    File file = new File(new File(options.shared()).getParentFile(), id + PremainJar.SUFFIX);
    byte[] jar = PremainJar.make(template, id, options.withOwn(file.getPath()));
    if (!file.createNewFile()) {
      throw new IOException(file + " exists");
    }
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write(jar);
    }
    return file.getPath();
  }

  private static byte[] template() throws IOException {
    try (InputStream in =
        PremainJars.class.getClassLoader().getResourceAsStream(PremainJar.TEMPLATE)) {
      if (in == null) {
        throw new IOException("the agent's jar has no " + PremainJar.TEMPLATE);
      }
      return in.readAllBytes();
    }
  }

  /** From the system's generator, as {@code SecureRandom} takes 10 ms to load. */
  private static String id() throws IOException {
    File source = new File(RANDOM);
    if (!source.exists()) {
      return UUID.randomUUID().toString().replace("-", "");
    }
    byte[] bytes = new byte[PremainJar.ID_LENGTH / 2];
    try (FileInputStream in = new FileInputStream(source)) {
      if (in.readNBytes(bytes, 0, bytes.length) != bytes.length) {
        throw new IOException(RANDOM + " has ended");
      }
    }
    StringBuilder id = new StringBuilder();
    for (byte each : bytes) {
      id.append(DIGITS.charAt(each >> 4 & 0xf)).append(DIGITS.charAt(each & 0xf));
    }
    return id.toString();
  }
}
