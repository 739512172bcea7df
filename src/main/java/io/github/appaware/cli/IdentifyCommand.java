package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Application;
import io.github.appaware.event.Text;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.Target;
import io.github.appaware.identity.TargetException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware identify}. */
@Command(
    name = "identify",
    description =
        "Show what a policy knows about an application: its file name, SHA-256 and coordinates.",
    customSynopsis = {
      "Usage: appaware identify [OPTIONS] TARGET...",
      "       appaware identify [OPTIONS] java [ARGUMENT...]"
    },
    synopsisHeading = "",
    sortOptions = false,
    footer = {})
final class IdentifyCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;

  @Option(names = "--json", description = "One JSON object a line, for programs.")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "Jars and programs, or one whole command line that starts with java, as given to `run`.")
  private List<String> targets = new ArrayList<>();

  IdentifyCommand(Console console, Map<String, String> environment, Path directory) {
    this.console = console;
    this.environment = environment;
    this.directory = directory;
  }

  @Override
  public Integer call() throws IOException {
    if (targets.isEmpty()) {
      console.fail("missing `TARGET`", "name a jar: appaware identify app.jar");
      return CommandLineProgram.FAILED;
    }
    int status = 0;
    Identifier identifier = new Identifier(environment, directory);
    for (List<String> command : commands()) {
      try {
        Target target = identifier.identify(command);
        show(target.application());
        if (!target.notice().isEmpty()) {
          console.tell(target.notice());
        }
      } catch (TargetException e) {
        console.fail(e.getMessage(), e.help());
        status = e.status();
      }
    }
    return status;
  }

  /** The command line that each target would have in {@code run}. */
  private List<List<String>> commands() {
    if (Path.of(targets.get(0)).endsWith("java")) {
      return List.of(targets);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<List<String>> commands = new ArrayList<>();
    for (String target : targets) {
      commands.add(target.endsWith(".jar") ? List.of(java, "-jar", target) : List.of(target));
    }
    return commands;
  }

  private void show(Application app) throws IOException {
    console.out().println(json ? json(app) : text(app));
  }

  private static String text(Application app) {
    StringBuilder text = new StringBuilder();
    line(text, "file", app.file());
    line(text, "path", app.path());
    line(text, "sha256", app.sha256());
    line(text, "kind", app.kind().label());
    line(text, "maven", app.maven());
    line(text, "jvm", app.jvm());
    return text.append(policy(app)).toString();
  }

  /** A block to paste; without {@code file} where no pattern can express the name. */
  private static String policy(Application app) {
    if (app.sha256().isEmpty()) {
      return "\n# it has no SHA-256, so no policy can pin it\n";
    }
    boolean plain = app.file().matches("[A-Za-z0-9 ._+$@-]+");
    return "\n# for a policy:\n[[app]]\nid     = \""
        + id(app)
        + "\"\n"
        + (plain ? "file   = '" + app.file() + "'\n" : "")
        + "sha256 = [\""
        + app.sha256()
        + "\"]\n";
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(String.format("%-7s %s%n", name, Text.printable(value)));
    }
  }

  /** The file name without version and extension. */
  private static String id(Application app) {
    String plain = app.file().replaceFirst("(-[0-9][0-9A-Za-z.+-]*)?\\.jar$", "");
    String id = plain.replaceAll("[^A-Za-z0-9._-]", "-");
    return id.substring(0, Math.min(id.length(), 64));
  }

  private static String json(Application app) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
      g.writeStartObject();
      g.writeStringField("file", app.file());
      g.writeStringField("path", app.path());
      g.writeStringField("sha256", app.sha256());
      g.writeStringField("kind", app.kind().label());
      g.writeStringField("maven", app.maven());
      g.writeStringField("jvm", app.jvm());
      g.writeEndObject();
    }
    return text.toString();
  }
}
