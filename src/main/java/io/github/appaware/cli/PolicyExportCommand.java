package io.github.appaware.cli;

import io.github.appaware.convert.export.Export;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy export}. */
@Command(
    name = "export",
    description =
        "Convert what a policy lets out into another tool's list. What can't be converted is"
            + " listed.",
    customSynopsis = "Usage: appaware policy export [OPTIONS] --to FORMAT [FILE...]",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the list lets out the same",
      "  1    something could not be converted, or not exactly; it is listed",
      "  125  nothing was exported"
    })
final class PolicyExportCommand implements Callable<Integer> {
  private static final int INEXACT = 1;

  /** What Kubernetes takes as the value of a label and the name of a resource. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      converter = ExportFormat.Converter.class,
      description = {
        "`github-firewall`: the allow list of Copilot's coding agent; `harden-runner`: a step with"
            + " allowed-endpoints; `fence`: fence.json; `cilium`: a CiliumNetworkPolicy;"
            + " `kubernetes`: a NetworkPolicy; `deno`: --allow-net and --deny-net; `opensnitch`: a"
            + " folder of rules."
      })
  private ExportFormat format;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "For cilium and kubernetes, the name of the resource, and the label `app` of the pods"
              + " that it is for. Default: appaware.")
  private String name = "appaware";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to FILE, for opensnitch to the folder FILE. Default: the standard output.")
  private Path output;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Policies; several are merged. " + PolicyFiles.DEFAULT)
  private List<Path> named = new ArrayList<>();

  PolicyExportCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      console.fail(
          "invalid name `" + name + "`: expected lower-case letters, digits and hyphens",
          "--name is the label `app` of the pods");
      return CommandLineProgram.FAILED;
    }
    if (format == ExportFormat.OPENSNITCH && output == null) {
      console.fail(
          "opensnitch has a file for each rule", "name a folder for them: `--output FOLDER`");
      return CommandLineProgram.FAILED;
    }
    try {
      Policy policy = PolicyReader.read(PolicyFiles.named(named, places));
      Export export = format.exporter().export(policy, name, clock.instant());
      write(export);
      export.remarks().forEach(console::tell);
      return export.isExact() ? 0 : INEXACT;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (IOException e) {
      console.fail("the list can't be written: " + FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }

  private void write(Export export) throws IOException {
    if (output == null) {
      export.documents().forEach(each -> console.out().print(each.text()));
      console.out().flush();
      return;
    }
    Path target = places.file(output);
    if (format == ExportFormat.OPENSNITCH) {
      Files.createDirectories(target);
    }
    for (Export.Document each : export.documents()) {
      Files.writeString(each.name().isEmpty() ? target : target.resolve(each.name()), each.text());
    }
    int files = export.documents().size();
    console.tell((files == 1 ? "written to " : files + " files written to ") + target);
  }
}
