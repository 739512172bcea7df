package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.launch.SignalForwarder;
import io.github.appaware.metrics.MetricsPort;
import io.github.appaware.metrics.ServerMetrics;
import io.github.appaware.metrics.StatusSocket;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.server.FileStore;
import io.github.appaware.server.PolicyStore;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.resident.ResidentServer;
import io.github.appaware.store.StoreException;
import io.github.appaware.store.Stores;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code appaware server}: runs a remote decision server; its sub-commands manage it. */
@Command(
    name = "server",
    description = {
      "Serve decisions to other hosts, over TLS with certificates on both sides. The commands"
          + " below set the server up and manage its clients."
    },
    customSynopsis = {
      "Usage: appaware server [OPTIONS] --home DIR --listen ADDRESS",
      "       appaware server COMMAND"
    },
    synopsisHeading = "",
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {
  private final Console console;
  private final Path directory;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The server's directory, as `appaware server init` made it.")
  private Path home;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "The address to listen on: tls://HOST:PORT. May be repeated.")
  private List<String> listen = new ArrayList<>();

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "FILE",
      description = "A policy; several are merged.")
  private List<Path> policies = new ArrayList<>();

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = {
        "Where answers are kept; part of the policy. It need not exist yet. Default: the first"
            + " --policy, else policy.toml in --home."
      })
  private Path answers;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description = {
        "Keep policy and answers in a store that several servers share:"
            + " etcd://HOST:2379/PREFIX. Files of --policy are merged with it."
      })
  private String store;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "ask",
      converter = ModeConverter.class,
      description = {
        "What becomes of an event that no rule decides: `ask` follows the policy's default, and asks"
            + " operators where that is `ask`; `enforce` denies it there; `observe` lets it pass and"
            + " records it. Default: ${DEFAULT-VALUE}."
      })
  private Mode mode;

  @Option(
      names = "--blind",
      paramLabel = "WHAT",
      defaultValue = "allow",
      converter = BlindConverter.class,
      description = {
        "Whether to allow what appaware can't see inside: `allow` records it, `deny` refuses it."
            + " Default: ${DEFAULT-VALUE}."
      })
  private BlindMode blind;

  @Mixin private RecordOptions recording = new RecordOptions();

  @Option(
      names = "--metrics",
      paramLabel = "ADDRESS",
      description = {
        "Serve GET /health and, for Prometheus, GET /metrics on this loopback HOST:PORT."
      })
  private String metrics;

  @Option(
      names = "--max-clients",
      paramLabel = "N",
      defaultValue = "5000",
      description = "The most connections at a time; more are rejected. Default: ${DEFAULT-VALUE}.")
  private int mostClients;

  private ServerCommand(Console console, Path directory, Clock clock) {
    this.console = console;
    this.directory = directory;
    this.clock = clock;
  }

  /** The command with its sub-commands. */
  static CommandLine line(Console console, Path directory, Clock clock) {
    CommandLine line = new CommandLine(new ServerCommand(console, directory, clock));
    line.addSubcommand(new ServerInitCommand(console, directory, clock));
    line.addSubcommand(new ServerTokenCommand(console, directory, clock));
    line.addSubcommand(new ServerRevokeCommand(console, directory, clock));
    line.addSubcommand(new ServerListCommand(console, directory, clock));
    line.addSubcommand(new ServerStatusCommand(console, directory, clock));
    return line;
  }

  @Override
  public Integer call() {
    List<ServerAddress> addresses = addresses();
    try {
      serve(addresses);
      return 0;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (TrustException e) {
      console.fail(e.getMessage(), e.help());
    } catch (StoreException e) {
      console.fail(e.getMessage(), e.help());
    } catch (IOException e) {
      console.fail(FileErrors.reason(e), "");
    }
    return CommandLineProgram.FAILED;
  }

  private List<ServerAddress> addresses() {
    if (home == null || listen.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "missing `--home DIR` and `--listen tls://HOST:PORT`, or a command");
    }
    if (mostClients < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "invalid value `" + mostClients + "` for --max-clients: expected 1 or more");
    }
    List<ServerAddress> addresses = new ArrayList<>();
    for (String text : listen) {
      try {
        ServerAddress address = ServerAddress.parse(text);
        if (address.isUnix()) {
          throw new IllegalArgumentException(
              "invalid address `" + text + "`: expected tls://HOST:PORT");
        }
        addresses.add(address);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
    }
    return addresses;
  }

  private void serve(List<ServerAddress> addresses)
      throws IOException, PolicyException, TrustException {
    InetSocketAddress shown = metrics == null ? null : metricsAddress();
    ServerTrust trust = ServerTrust.open(directory.resolve(home), clock);
    ServerMetrics figures = metrics == null ? null : new ServerMetrics();
    ResidentServer.Options options =
        new ResidentServer.Options(
            mode,
            blind,
            recording.opener(directory, System.out, clock),
            mostClients,
            metrics == null ? ServerMeters.NONE : figures);
    try (ResidentServer server =
        ResidentServer.open(options, store(), trust, LocalMachine.name(), clock, console::tell)) {
      if (metrics == null) {
        serve(server, addresses);
        return;
      }
      MetricsPort port = MetricsPort.open(shown, figures, server::state);
      try {
        serve(server, addresses);
      } finally {
        port.close();
      }
    }
  }

  private void serve(ResidentServer server, List<ServerAddress> addresses) throws IOException {
    List<String> shown = addresses.stream().map(ServerAddress::toString).toList();
    Closeable status = statusSocket(server, shown);
    try {
      for (ServerAddress address : addresses) {
        server.listen(address.host(), address.port());
        console.tell("serving at " + address);
      }
      endBySignal(server);
      server.serve();
    } finally {
      status.close();
    }
  }

  /** Without it the server serves all the same; only `server status` says less. */
  private Closeable statusSocket(ResidentServer server, List<String> addresses) {
    try {
      return StatusSocket.open(directory.resolve(home), () -> server.status(addresses));
    } catch (IOException e) {
      console.tell("`appaware server status` can't be served: " + FileErrors.reason(e));
      return () -> {};
    }
  }

  /** The first signal ends the server in order, the second at once. */
  private static void endBySignal(ResidentServer server) {
    AtomicBoolean ending = new AtomicBoolean();
    SignalForwarder.onEnd(
        () -> {
          if (ending.getAndSet(true)) {
            System.exit(CommandLineProgram.FAILED);
          }
          server.finish();
        });
  }

  private InetSocketAddress metricsAddress() {
    int colon = metrics.lastIndexOf(':');
    try {
      String host = metrics.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
      InetSocketAddress address =
          new InetSocketAddress(host, Integer.parseInt(metrics.substring(colon + 1)));
      if (!address.isUnresolved() && address.getAddress().isLoopbackAddress()) {
        return address;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // Reported below.
    }
    throw new ParameterException(
        spec.commandLine(),
        "invalid address `" + metrics + "` for --metrics: expected loopback, e.g. 127.0.0.1:9464");
  }

  private PolicyStore store() throws StoreException {
    PolicyFiles.Places places = new PolicyFiles.Places(Map.of(), directory);
    List<Path> files = policies.stream().map(places::file).toList();
    if (store != null) {
      return Stores.open(store, files, clock);
    }
    boolean isInHome = answers == null && files.isEmpty();
    Path kept = isInHome ? home.resolve("policy.toml") : answers;
    return new FileStore(files, kept == null ? null : places.file(kept));
  }
}
