package io.github.appaware.cli;

import io.github.appaware.convert.export.CiliumPolicy;
import io.github.appaware.convert.export.DenoFlags;
import io.github.appaware.convert.export.Exporter;
import io.github.appaware.convert.export.FenceSettings;
import io.github.appaware.convert.export.GithubFirewallList;
import io.github.appaware.convert.export.HardenRunnerList;
import io.github.appaware.convert.export.KubernetesPolicy;
import io.github.appaware.convert.export.OpenSnitchRules;

/** What {@code policy export} can write. */
enum ExportFormat {
  /** The allow list of the firewall around GitHub Copilot's coding agent. */
  GITHUB_FIREWALL(new GithubFirewallList()),
  /** A step of a workflow with step-security/harden-runner. */
  HARDEN_RUNNER(new HardenRunnerList()),
  /** The settings of the sandbox fence. */
  FENCE(new FenceSettings()),
  /** A CiliumNetworkPolicy. */
  CILIUM(new CiliumPolicy()),
  /** A NetworkPolicy. */
  KUBERNETES(new KubernetesPolicy()),
  /** Deno's flags. */
  DENO(new DenoFlags()),
  /** A folder of OpenSnitch rules. */
  OPENSNITCH(new OpenSnitchRules());

  private final Exporter exporter;

  ExportFormat(Exporter exporter) {
    this.exporter = exporter;
  }

  Exporter exporter() {
    return exporter;
  }

  /** Reads {@code --to}. */
  static final class Converter extends WordConverter<ExportFormat> {
    Converter() {
      super("format", ExportFormat.values());
    }
  }
}
