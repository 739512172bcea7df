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

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
    }
    return new String[] {
      "appaware " + build.getProperty("version"),
      "Java " + System.getProperty("java.version") + " in " + System.getProperty("java.home")
    };
  }
}
