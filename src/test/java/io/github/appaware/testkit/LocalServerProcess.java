package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server that a run starts, in a process with little memory, and its launcher, played here. */
public final class LocalServerProcess implements Closeable {
  /** The process whose user the policy is for. */
  public static final long GOOD = 1;

  private static final String KEY = "the key";
  private static final String TOKEN = "the token of the run";

  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = "deny"
      [[rule]]
      id = "yes"
      action = "allow"
      host = "yes.example"
      user = "good"
      """;

  private final ServerOptions options;
  private final ServerProcess process;
  private final FrameChannel launcher;

  public LocalServerProcess(Path parent) throws Exception {
    Path directory = Files.createDirectory(parent.resolve("run"));
    Path policy = Files.writeString(parent.resolve("p.toml"), POLICY);
    options =
        new ServerOptions(
            directory, KEY, Mode.ENFORCE, BlindMode.DENY, null, List.of(policy), null, null);
    process =
        ServerProcess.start(
            parent,
            SmallServer.HEAP_MEBIBYTES,
            "io.github.appaware.cli.ClaimedServerMain",
            0,
            List.of());
    process.say(options.write());
    process.awaitLine("ready");
    launcher = connect();
    launcher.write(new Message.Register(Message.VERSION, KEY, TOKEN, application("good")));
    assertThat(launcher.read()).isInstanceOf(Message.Welcome.class);
    Thread thread = new Thread(this::measure, "launcher");
    thread.setDaemon(true);
    thread.start();
  }

  private static Application application(String user) {
    return Application.builder()
        .file("a.jar")
        .path("/a.jar")
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user(user)
        .pid(1)
        .directory("/")
        .build();
  }

  private void measure() {
    try {
      for (Message said = launcher.read(); said != null; said = launcher.read()) {
        if (said instanceof Message.Measure asked) {
          String user = asked.pid() == GOOD ? "good" : "fuzz";
          launcher.write(new Message.Measured(asked.id(), application(user)));
        } else if (said instanceof Message.MeasureSources asked) {
          List<Origin.Source> sources = new ArrayList<>();
          asked.paths().forEach(path -> sources.add(new Origin.Source(path, "", "")));
          launcher.write(new Message.SourcesMeasured(asked.id(), sources));
        } else if (said instanceof Message.Adopt) {
          launcher.write(new Message.Adopting());
        }
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  public ServerProcess process() {
    return process;
  }

  public FrameChannel connect() throws IOException {
    return new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(options.socket())));
  }

  /** An agent of the run, in that process. */
  public FrameChannel agent(long pid) throws IOException {
    FrameChannel agent = connect();
    agent.write(new Message.Hello(Message.VERSION, TOKEN, pid));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  @Override
  public void close() throws IOException {
    launcher.close();
    process.close();
  }
}
