package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.Token;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.ServerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware enroll}. */
@Command(
    name = "enroll",
    description = "Get a certificate from a remote decision server in exchange for a token.",
    customSynopsis = "Usage: appaware enroll [OPTIONS] --token TOKEN SERVER",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the certificate is on disk", "  125  enrolment failed"})
final class EnrollCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Console console;
  private final Map<String, String> environment;
  private final InputStream input;
  private final Clock clock;

  @Option(
      names = "--token",
      required = true,
      paramLabel = "TOKEN",
      description =
          "What `server token` printed; `-` reads it from the standard input, which keeps it out of"
              + " the list of processes.")
  private String token;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The name to enrol under. Default: the name that the token was made for, else this host's;"
              + " for operators and auditors, USER@HOST.")
  private String name;

  @Parameters(paramLabel = "SERVER", description = "The server: tls://HOST:PORT.")
  private String server;

  EnrollCommand(Console console, Map<String, String> environment, InputStream input, Clock clock) {
    this.console = console;
    this.environment = environment;
    this.input = input;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      ServerAddress address = ServerAddress.parse(server);
      Token given = Token.parse(token.equals("-") ? firstLine() : token);
      ClientFiles files = new ClientFiles(Installation.configuration(environment));
      Enrolment.Result result =
          new Enrolment(files, clock, PATIENCE).enrol(address, given, name, self(given.role()));
      console.tell(
          "enrolled at "
              + address
              + " as "
              + result.peer().role().label()
              + " `"
              + result.peer().name()
              + "`, until "
              + result.peer().notAfter());
      console.tell("the key is in " + result.file());
      console.tell("next: " + next(result.peer().role(), address));
      return 0;
    } catch (IllegalArgumentException e) {
      console.fail(e.getMessage(), "");
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail("can't enrol: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }

  private static String next(Role role, ServerAddress address) {
    return role == Role.AGENT
        ? "appaware run --server " + address + " -- java -jar app.jar"
        : "appaware console --server " + address;
  }

  private String firstLine() throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    String line = in.readLine();
    return line == null ? "" : line;
  }

  private static String self(Role role) {
    return role == Role.AGENT ? host() : System.getProperty("user.name") + "@" + host();
  }

  /** From the kernel where possible: looking up the own name fails on many machines. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "";
      }
    }
  }
}
