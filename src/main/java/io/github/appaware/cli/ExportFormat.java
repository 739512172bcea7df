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
  GITHUB_FIREWALL,
  /** A step of a workflow with step-security/harden-runner. */
  HARDEN_RUNNER,
  /** The settings of the sandbox fence. */
  FENCE,
  /** A CiliumNetworkPolicy. */
  CILIUM,
  /** A NetworkPolicy. */
  KUBERNETES,
  /** Deno's flags. */
  DENO,
  /** A folder of OpenSnitch rules. */
  OPENSNITCH;

  Exporter exporter() {
    return switch (this) {
      case GITHUB_FIREWALL -> new GithubFirewallList();
      case HARDEN_RUNNER -> new HardenRunnerList();
      case FENCE -> new FenceSettings();
      case CILIUM -> new CiliumPolicy();
      case KUBERNETES -> new KubernetesPolicy();
      case DENO -> new DenoFlags();
      case OPENSNITCH -> new OpenSnitchRules();
    };
  }

  /** Reads {@code --to}. */
  static final class Converter extends WordConverter<ExportFormat> {
    Converter() {
      super("format", ExportFormat.values());
    }
  }
}
