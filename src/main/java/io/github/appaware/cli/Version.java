package io.github.appaware.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version from the build. */
final class Version implements IVersionProvider {
  /** As Picocli prints it. */
  static void print(PrintWriter out) throws IOException {
    for (String line : new Version().getVersion()) {
      out.println(line);
    }
  }

  /** The number alone: {@code 1.2.3}. */
  static String number() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
    }
    return build.getProperty("version");
  }

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "appaware " + number(),
      "Java " + System.getProperty("java.version") + " in " + System.getProperty("java.home")
    };
  }
}
