package io.github.appaware.cli;

import io.github.appaware.event.Application;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.TargetException;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppMatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that describe an application, which need not be running. */
final class ApplicationOptions {
  @Option(
      names = "--app",
      paramLabel = "ID|FILE",
      description =
          "The application: an id of the policy, or a file name; an existing jar is hashed.")
  private String app = "";

  @Option(
      names = "--sha256",
      paramLabel = "HASH",
      description = "The SHA-256 of the application, where its file does not exist here.")
  private String sha256 = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user that it runs as. Default: the current user.")
  private String user = System.getProperty("user.name");

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = "The machine that it runs on. Default: this one.")
  private String machine = LocalMachine.name();

  @Option(
      names = "--parent",
      paramLabel = "ID|FILE",
      description = "The application that started it. Default: none.")
  private String parent = "";

  /** The application with the id that the policy gives it; prints why it gets none. */
  Application application(Policy policy, PolicyFiles.Places places, Console console)
      throws TargetException, UsageException {
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-fA-F]{64}")) {
      throw new UsageException(
          "invalid SHA-256 `" + sha256 + "`: expected 64 hexadecimal digits", "");
    }
    if (policy.apps().stream().anyMatch(each -> each.id().equals(app))) {
      return of(app, "", "").withId(app);
    }
    Path file = places.directory().resolve(app);
    Application measured = of(app, app, sha256);
    if (sha256.isEmpty() && app.endsWith(".jar") && Files.isRegularFile(file)) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Application found =
          new Identifier(places.environment(), places.directory())
              .identify(List.of(java, "-jar", app))
              .application();
      measured = of(found.file(), found.path(), found.sha256());
    }
    AppMatch match = policy.match(measured);
    match.notices().forEach(console::tell);
    return measured.withId(match.id());
  }

  private Application of(String name, String path, String hash) {
    return Application.builder()
        .file(name.substring(name.lastIndexOf('/') + 1))
        .path(path)
        .sha256(hash.toLowerCase(Locale.ROOT))
        .kind(Application.Kind.JAR)
        .user(user)
        .parent(parent)
        .machine(machine)
        .build();
  }
}
