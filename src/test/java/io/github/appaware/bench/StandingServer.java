package io.github.appaware.bench;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.hook.WovenStore;
import io.github.appaware.server.local.ClaimedProcesses;
import io.github.appaware.server.local.LocalServer;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.PremainJar;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * A decision server that runs already, with a launcher that knows the target beforehand, as in a
 * run: what an agent adds to its own target's start, and nothing else.
 */
final class StandingServer implements Closeable {
  private static final String KEY = "key";
  private static final String TOKEN = "token";

  private final LocalServer server;
  private final FrameChannel launcher;
  private final Path premain;

  StandingServer(Path directory, Path policy, Jdk jdk) throws Exception {
    ServerOptions options =
        new ServerOptions(
            directory, KEY, Mode.ENFORCE, BlindMode.ALLOW, null, List.of(policy), null, null);
    server = LocalServer.open(options, "bench", Clock.systemUTC(), new ClaimedProcesses());
    daemon(server::serve);
    launcher = new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(options.socket())));
    launcher.write(new Message.Register(Message.VERSION, KEY, TOKEN, application()));
    daemon(this::answer);
    Path store = Tool.HOME.resolve("target/test-cache/appaware/woven");
    Path home = jdk.home().toRealPath();
    String id = "0".repeat(PremainJar.ID_LENGTH);
    premain = directory.resolve(id + PremainJar.SUFFIX);
    AgentOptions agent =
        new AgentOptions(
            options.socket().toString(),
            TOKEN,
            store.toString(),
            new WovenStore(store, Tool.JAR).obtain(home).toString(),
            home.toString(),
            Tool.JAR.toString(),
            premain.toString(),
            premain.toString(),
            Tool.AGENT.toString());
    try (ZipFile jar = new ZipFile(Tool.AGENT.toFile());
        InputStream template = jar.getInputStream(jar.getEntry(PremainJar.TEMPLATE))) {
      Files.write(premain, PremainJar.make(template.readAllBytes(), id, agent));
    }
  }

  /** The option for a program on the class path. */
  String agent() {
    return AgentOptions.argument(premain.toString(), List.of(), Map.of());
  }

  private void answer() {
    try {
      for (Message message = launcher.read(); message != null; message = launcher.read()) {
        if (message instanceof Message.Measure measure) {
          launcher.write(new Message.Measured(measure.id(), application()));
        } else if (message instanceof Message.MeasureSources measure) {
          launcher.write(new Message.SourcesMeasured(measure.id(), List.of()));
        }
      }
    } catch (IOException e) {
      // The end of the benchmark.
    }
  }

  private static Application application() {
    return Application.builder()
        .file("hello.jar")
        .path("/hello.jar")
        .kind(Application.Kind.JAR)
        .pid(1)
        .directory("/")
        .build();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    launcher.close();
  }
}
