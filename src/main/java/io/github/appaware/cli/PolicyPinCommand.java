package io.github.appaware.cli;

import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.TargetException;
import io.github.appaware.policy.edit.AppHashes;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy pin}: an application that was built anew keeps its rules. */
@Command(
    name = "pin",
    description = "Add a rebuilt file's SHA-256 to those of an application of the policy.",
    customSynopsis = "Usage: appaware policy pin [OPTIONS] ID FILE...",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    the hash is added", "  125  it is not; the policy is unchanged"})
final class PolicyPinCommand implements Callable<Integer> {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Console console;
  private final PolicyFiles.Places places;

  @Mixin private PolicyFiles files;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Parameters(paramLabel = "ID", description = "The id of an `[[app]]` that has `sha256`.")
  private String id;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The jar or program as it is now, or a command line of java.")
  private List<String> target;

  PolicyPinCommand(Console console, PolicyFiles.Places places) {
    this.console = console;
    this.places = places;
  }

  @Override
  public Integer call() throws IOException {
    try {
      AppRule app =
          PolicyReader.read(files.all(places)).apps().stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "no application `" + id + "`",
                          "see the `[[app]]` blocks of the policy, or `appaware identify`"));
      String sha256 = sha256();
      int line = AppHashes.add(Path.of(app.file()), id, sha256);
      report(app.file(), line, sha256);
      return 0;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException | TargetException e) {
      console.fail(e.getMessage(), "");
    }
    return CommandLineProgram.FAILED;
  }

  private String sha256() throws TargetException, UsageException {
    List<String> command =
        target.size() == 1 && target.get(0).endsWith(".jar")
            ? List.of(JAVA.toString(), "-jar", target.get(0))
            : target;
    String sha256 =
        new Identifier(places.environment(), places.directory())
            .identify(command)
            .application()
            .sha256();
    if (sha256.isEmpty()) {
      throw new UsageException("`" + target.get(0) + "` has no SHA-256", "");
    }
    return sha256;
  }

  private void report(String policy, int line, String sha256) throws IOException {
    if (!json) {
      console.tell("`" + id + "` is also the file with SHA-256 " + sha256 + " now");
      console.tell("added to " + policy + ":" + line);
      return;
    }
    JsonLine.print(
        console,
        g -> {
          g.writeStringField("file", policy);
          g.writeNumberField("line", line);
          g.writeStringField("sha256", sha256);
        });
  }
}
