package io.github.appaware.agent;

import io.github.appaware.event.Application;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.RemoteOptions;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * What a launcher does elsewhere: finds the parts of appaware, measures this JVM, and knows the way
 * to the servers. Everything that the application could change later is looked at on start.
 */
final class Remote {
  /** For each step of connecting to one server. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String PREMAIN = "io.github.appaware.agent.Premain";
  private static final String TOOL = "appaware.jar";

  private final RemoteOptions options;
  private final List<Path> files = new ArrayList<>();
  private final List<Renewal> renewals = new ArrayList<>();
  private final Path agent;
  private final Path tool;
  private final Path store;
  private final JdkCryptoProviders providers;
  private final JdkResolver resolver;

  /** Where the agent's reading thread is connecting to, or null: nowhere else may it. */
  private volatile InetSocketAddress way;

  /** Of the server that it is connected to. */
  private volatile Renewal renewal;

  Remote(String argument, Instrumentation instrumentation) throws AgentStartException {
    try {
      options = RemoteOptions.parse(argument);
    } catch (IllegalArgumentException e) {
      throw new AgentStartException(e.getMessage());
    }
    requireOwnFileSystem();
    String home = System.getProperty("user.home");
    for (ServerAddress server : options.servers()) {
      files.add(options.file(server, System.getenv(), home));
    }
    store = RemoteOptions.store(System.getenv(), home);
    agent = agent();
    tool = options.tool().isEmpty() ? agent.resolveSibling(TOOL) : Path.of(options.tool());
    if (!Files.isReadable(tool)) {
      throw new AgentStartException(
          "there is no `" + tool + "`: put it beside the agent's jar, or say `;tool=FILE`");
    }
    for (int i = 0; i < files.size(); i++) {
      ServerAddress server = options.servers().get(i);
      requireCertificate(server, files.get(i));
      renewals.add(new Renewal(server, files.get(i), Clock.systemUTC()));
    }
    providers = new JdkCryptoProviders(instrumentation);
    resolver = new JdkResolver(instrumentation);
  }

  /** Somebody else's would see the key. */
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
    return new AgentOptions("", "", store.toString(), "", "", tool.toString(), agent.toString());
  }

  /** A path beside the agent where nothing is. */
  Path unused() {
    return agent.resolveSibling("unused");
  }

  /** Begins to connect; goes on when the hooks are in place. */
  Connection begin(VerdictCache verdicts) throws IOException, AgentStartException {
    String run = options.run().isEmpty() ? UUID.randomUUID().toString() : options.run();
    Message.Join join = new Message.Join(Message.VERSION, run, measure(), true);
    return RemoteConnection.begin(this, join, options.grace(), verdicts);
  }

  @SuppressWarnings("unchecked")
  private Application measure() throws AgentStartException {
    try {
      Supplier<Object[]> measure =
          (Supplier<Object[]>)
              new AgentLoader(tool)
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

  List<ServerAddress> servers() {
    return options.servers();
  }

  boolean isHost(String host) {
    for (ServerAddress server : options.servers()) {
      if (server.host().equalsIgnoreCase(host)) {
        return true;
      }
    }
    return false;
  }

  /** Whether that is where it connects to right now. */
  boolean isWay(InetAddress address, int port) {
    InetSocketAddress now = way;
    return now != null && now.getPort() == port && now.getAddress().equals(address);
  }

  /** For this thread and all that it does. */
  void useOwnProviders() {
    providers.use();
  }

  /**
   * Connects, with the key that is in the file now, or a later one: it may have been renewed.
   *
   * @throws IOException that says in words why not
   */
  FrameChannel connect(ServerAddress server, SelectorProvider sockets) throws IOException {
    int number = options.servers().indexOf(server);
    TlsClient client;
    try {
      client = renewals.get(number).client();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no `" + files.get(number) + "`", e);
    }
    renewal = renewals.get(number);
    requireInForce(server, client.certificate());
    try {
      return new FrameChannel(connect(client, sockets));
    } catch (UnknownHostException e) {
      throw new IOException("there is no host `" + server.host() + "`", e);
    } catch (ConnectException | SocketTimeoutException e) {
      throw new IOException(server + " can't be reached: " + e.getMessage(), e);
    } catch (SSLException e) {
      throw new IOException(server + " is not to be trusted: " + reason(e), e);
    } catch (IOException e) {
      throw new IOException(server + " can't be used: " + e.getMessage(), e);
    }
  }

  /** To the first of the host's addresses that answers. */
  private TlsChannel connect(TlsClient client, SelectorProvider sockets) throws IOException {
    ServerAddress server = client.server();
    IOException failure = null;
    for (InetAddress address : resolver.lookUp(server.host())) {
      try {
        way = new InetSocketAddress(address, server.port());
        return client.connect(PATIENCE, sockets, address);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      } finally {
        way = null;
      }
    }
    throw failure;
  }

  private void requireInForce(ServerAddress server, X509Certificate certificate)
      throws IOException {
    Instant now = Instant.now();
    Instant until = certificate.getNotAfter().toInstant();
    String again = ": run `appaware enroll " + server + " --token T` with a new token";
    if (now.isAfter(until)) {
      throw new IOException("the certificate for " + server + " expired " + until + again);
    }
  }

  /** What is to be said to the server of the present connection so that it renews; often null. */
  Message.Renew renew() {
    Renewal present = renewal;
    return present == null ? null : present.ask();
  }

  /** What it answered: a certificate, or null. */
  void renewed(String certificate) throws IOException {
    renewal.answered(certificate);
  }

  /** What a failure of the first read means: only then a server refuses a certificate. */
  IOException refused(ServerAddress server, IOException e) {
    return new IOException(
        e instanceof SSLException
            ? server
                + " refuses the certificate: it was revoked or replaced, or is another server's"
            : server + " ended the connection: " + e.getMessage(),
        e);
  }

  /** What the check of a certificate said, where that is behind it. */
  private static String reason(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return each.getMessage();
      }
    }
    return failure.getMessage();
  }
}
