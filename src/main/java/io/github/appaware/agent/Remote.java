package io.github.appaware.agent;

import io.github.appaware.event.Application;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Notices;
import io.github.appaware.link.TlsServer;
import io.github.appaware.link.TlsServers;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.RemoteOptions;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a launcher does elsewhere: finds the parts of appaware, measures this JVM, and knows the way
 * to the servers. Everything that the application could change later is looked at on start.
 */
final class Remote {
  private static final String PREMAIN = "io.github.appaware.agent.Premain";
  private static final String TOOL = "appaware.jar";

  private final RemoteOptions options;
  private final List<TlsServer> servers = new ArrayList<>();
  private final Path agent;
  private final Path tool;
  private final Path store;
  private final JdkSockets sockets;

  Remote(String argument, Instrumentation instrumentation) throws AgentStartException {
    try {
      options = RemoteOptions.parse(argument);
    } catch (IllegalArgumentException e) {
      throw new AgentStartException(e.getMessage());
    }
    requireOwnFileSystem();
    String home = System.getProperty("user.home");
    store = RemoteOptions.store(System.getenv(), home);
    agent = agent();
    tool = options.tool().isEmpty() ? agent.resolveSibling(TOOL) : Path.of(options.tool());
    if (!Files.isReadable(tool)) {
      throw new AgentStartException(
          "there is no `" + tool + "`: put it beside the agent's jar, or say `;tool=FILE`");
    }
    Notices notices = new AgentNotices();
    for (ServerAddress server : options.servers()) {
      Path file = options.file(server, System.getenv(), home);
      requireCertificate(server, file);
      servers.add(new TlsServer(server, file, Clock.systemUTC(), notices));
    }
    sockets =
        new JdkSockets(new JdkCryptoProviders(instrumentation), new JdkResolver(instrumentation));
  }

  /** A provider of the application's could read the key. */
  private static void requireOwnFileSystem() throws AgentStartException {
    if (FileSystems.getDefault().getClass().getClassLoader() != null) {
      throw new AgentStartException(
          "java.nio.file.spi.DefaultFileSystemProvider replaces the file system: the agent can't"
              + " keep its key from it");
    }
  }

  private static void requireCertificate(ServerAddress server, Path file)
      throws AgentStartException {
    if (Files.notExists(file)) {
      throw new AgentStartException(
          "not enrolled at "
              + server
              + " as agent, there is no `"
              + file
              + "`: run `appaware enroll "
              + server
              + " --token T`, with what `appaware server token --role agent` prints there");
    }
  }

  /** The premain class is the only one that says where it came from. */
  private static Path agent() throws AgentStartException {
    try {
      Class<?> premain = Class.forName(PREMAIN, false, ClassLoader.getSystemClassLoader());
      return Path.of(premain.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (Exception e) {
      throw new AgentStartException("the agent's jar can't be found: " + e);
    }
  }

  /** As the launcher would have written them. */
  AgentOptions agentOptions() {
    return new AgentOptions(
        "", "", store.toString(), "", "", tool.toString(), "", "", agent.toString());
  }

  /** A path beside the agent where nothing is. */
  Path unused() {
    return agent.resolveSibling("unused");
  }

  /** A connection to the servers, not begun yet. */
  Connection connection(VerdictCache verdicts) throws IOException, AgentStartException {
    String run = options.run().isEmpty() ? UUID.randomUUID().toString() : options.run();
    Message.Join join = new Message.Join(Message.VERSION, run, measure(), true);
    LinkTime time = new LinkTime();
    return new Connection(
        new TlsServers(servers, sockets),
        sockets,
        new RemoteGreeting(join, options.servers(), sockets),
        new Grace(options.grace().toNanos(), time),
        verdicts,
        time);
  }

  @SuppressWarnings("unchecked")
  private Application measure() throws AgentStartException {
    try {
      Supplier<Object[]> measure =
          (Supplier<Object[]>)
              new Premain(tool.toFile())
                  .loadClass("io.github.appaware.identity.MeasureInTarget")
                  .getConstructor()
                  .newInstance();
      Object[] a = measure.get();
      if (!((String) a[10]).isEmpty()) {
        AgentAbort.tell((String) a[10]);
      }
      return Application.builder()
          .file((String) a[0])
          .path((String) a[1])
          .sha256((String) a[2])
          .kind(Application.Kind.valueOf((String) a[3]))
          .maven((String) a[4])
          .jvm((String) a[5])
          .user((String) a[6])
          .pid((Long) a[7])
          .command(Arrays.asList((String[]) a[8]))
          .directory((String) a[9])
          .build();
    } catch (IllegalStateException e) {
      throw new AgentStartException(e.getMessage());
    } catch (IOException | ReflectiveOperationException e) {
      throw new AgentStartException("`" + tool + "` can't be used: " + e);
    }
  }
}
