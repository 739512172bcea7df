package io.github.appaware.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Tool.Result;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts in network namespaces of their own, at one switch. Needs no privileges and leaves nothing
 * behind: the namespaces have no names, so that they are gone with the processes that hold them,
 * which end with this one at the latest.
 */
public final class Network implements Closeable {
  private final List<Process> holders = new ArrayList<>();
  private final Host backbone;

  private Network() throws Exception {
    backbone = new Host(hold(List.of("unshare", "-rn")));
    backbone.quieten();
    ip(
        backbone,
        "link add switch type bridge forward_delay 0 mcast_snooping 0\nlink set switch up");
  }

  /** Skips the test where there can be none. */
  public static Network open() throws Exception {
    Process trial =
        new ProcessBuilder("unshare", "-rn", "ip", "link", "add", "switch", "type", "bridge")
            .redirectErrorStream(true)
            .start();
    String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(trial.waitFor() == 0, "no network of namespaces can be made here: " + said);
    return new Network();
  }

  private Process hold(List<String> command) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("sh", "-c", "echo here; read end"));
    Process holder = new ProcessBuilder(all).redirectErrorStream(true).start();
    holders.add(holder);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    String said = out.readLine();
    if (!"here".equals(said)) {
      throw new AssertionError("no namespace: " + said);
    }
    return holder;
  }

  private static void ip(Host host, String batch) throws Exception {
    Result result = Tool.run(new ProcessBuilder(host.entering("ip", "-batch", "-")), batch + "\n");
    if (result.status() != 0) {
      throw new AssertionError(batch + ": " + result.err());
    }
  }

  /** One more host at the switch, with that address of a /24. */
  Host host(String address) throws Exception {
    Host host = alone();
    String port = "port" + holders.size();
    host.port = port;
    ip(
        backbone,
        "link add "
            + port
            + " type veth peer name eth0 netns "
            + host.holder.pid()
            + "\n"
            + "link set "
            + port
            + " master switch up");
    ip(host, "addr add " + address + "/24 dev eth0\nlink set eth0 up");
    return host;
  }

  /** One more host that nothing leads to yet. */
  public Host alone() throws Exception {
    Host host = new Host(hold(backbone.entering("unshare", "-n")));
    host.quieten();
    ip(host, "link set lo up");
    return host;
  }

  /**
   * A link beside the switch, the only way for one host to a network whose addresses all belong to
   * the other.
   *
   * @param name of the interface, at the one
   * @param network the network at the other end, a /16
   * @param link the first three numbers of the link's own addresses
   */
  public void line(Host from, String name, Host to, String network, String link) throws Exception {
    ip(from, "link add " + name + " type veth peer name " + name + " netns " + to.holder.pid());
    ip(
        to,
        "addr add "
            + link
            + ".2/24 dev "
            + name
            + "\n"
            + "link set "
            + name
            + " up\n"
            + "route add local "
            + network
            + " dev lo");
    ip(
        from,
        "addr add "
            + link
            + ".1/24 dev "
            + name
            + "\n"
            + "link set "
            + name
            + " up\n"
            + "route add "
            + network
            + " via "
            + link
            + ".2");
  }

  @Override
  public void close() {
    holders.forEach(Process::destroyForcibly);
  }

  /** A host with addresses of its own. */
  public final class Host {
    private final Process holder;
    private String port = "";

    private Host(Process holder) {
      this.holder = holder;
    }

    /** The system itself sends nothing: every packet counted comes from a program. */
    private void quieten() throws Exception {
      String write =
          "for each in all default; do echo 1 >/proc/sys/net/ipv6/conf/$each/disable_ipv6; done";
      Result result = Tool.run(new ProcessBuilder(entering("sh", "-c", write)), "");
      if (result.status() != 0 && Files.exists(Path.of("/proc/sys/net/ipv6"))) {
        throw new AssertionError(result.err());
      }
    }

    /** A command that runs there. */
    public List<String> entering(String... command) {
      List<String> all = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(holder.pid())));
      all.addAll(List.of("-U", "-n", "--preserve-credentials"));
      all.addAll(List.of(command));
      return all;
    }

    /** Pulls its cable out of the switch: what is sent to it vanishes. */
    void cut() throws Exception {
      ip(backbone, "link set " + port + " down");
    }

    void mend() throws Exception {
      ip(backbone, "link set " + port + " up");
    }

    /** How many frames it has sent by this interface, according to its kernel. */
    public long sent(String name) throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/" + holder.pid() + "/net/dev"))) {
        String[] words = line.strip().split("[: ]+", -1);
        if (words[0].equals(name)) {
          return Long.parseLong(words[10]);
        }
      }
      throw new AssertionError("no interface " + name);
    }
  }
}
