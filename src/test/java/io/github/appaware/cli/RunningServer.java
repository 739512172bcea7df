package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.testkit.Tool;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The decision server of the built tool, as a process of its own, with a launcher and agents that
 * this test plays, on its socket and in its protocol.
 */
final class RunningServer implements Closeable {
  private static final String KEY = "key";
  private static final String TOKEN = "token";

  /** By the application that each is in. */
  private final Map<Application, FrameChannel> agents = new HashMap<>();

  /** What the launcher finds in jars, by their paths. */
  private final Map<String, Origin.Source> sources = new ConcurrentHashMap<>();

  /** The processes of agents: who the launcher says that they are. */
  private final Map<Long, Application> processes = new ConcurrentHashMap<>();

  private final Process process;
  private final Path socket;
  private final FrameChannel launcher;
  private final Thread answering = new Thread(this::answer, "launcher");
  private int epoch = 1;

  /** Starts it, as {@code run} does. */
  RunningServer(Path directory, Path policy, Path log) throws IOException {
    ServerOptions options =
        new ServerOptions(
            directory, KEY, Mode.ENFORCE, BlindMode.ALLOW, log, List.of(policy), null, null);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                Tool.JAR
                    + File.pathSeparator
                    + Path.of(
                        RunningServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath()),
                ClaimedServerMain.class.getName())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write(options.write().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(
            new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine())
        .isEqualTo("ready");
    socket = options.socket();
    launcher = connect();
    answering.setDaemon(true);
  }

  private FrameChannel connect() throws IOException {
    return new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Registers the run. */
  void register(Application target) throws IOException {
    launcher.write(new Message.Register(Message.VERSION, KEY, TOKEN, target));
    assertThat(launcher.read()).isEqualTo(new Message.Welcome(epoch));
    answering.start();
  }

  private void answer() {
    try {
      for (Message message = launcher.read(); message != null; message = launcher.read()) {
        if (message instanceof Message.Measure measure) {
          launcher.write(new Message.Measured(measure.id(), processes.get(measure.pid())));
        } else if (message instanceof Message.MeasureSources measure) {
          List<Origin.Source> found = measure.paths().stream().map(sources::get).toList();
          launcher.write(new Message.SourcesMeasured(measure.id(), found));
        } else if (message instanceof Message.Summary) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The agent in an application. */
  private FrameChannel agent(Application app) throws IOException {
    FrameChannel agent = agents.get(app);
    if (agent == null) {
      agent = connect();
      agents.put(app, agent);
      long pid = agents.size();
      processes.put(pid, app);
      agent.write(new Message.Hello(Message.VERSION, TOKEN, pid));
      assertThat(agent.read()).isEqualTo(new Message.Welcome(epoch));
    }
    return agent;
  }

  /** Asks about all events before it hears the first verdict. */
  List<Verdict> ask(List<RandomQuestions.Question> questions) throws IOException {
    Map<FrameChannel, Integer> open = new HashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      RandomQuestions.Question question = questions.get(i);
      FrameChannel agent = agent(question.app());
      agent.write(new Message.Ask(i, question.event(), claimed(question.origin())));
      open.merge(agent, 1, Integer::sum);
    }
    Verdict[] verdicts = new Verdict[questions.size()];
    for (Map.Entry<FrameChannel, Integer> each : open.entrySet()) {
      for (int n = each.getValue(); n > 0; n--) {
        Message.Decided judged = (Message.Decided) each.getKey().read();
        assertThat(judged.verdict().epoch()).isEqualTo(epoch);
        verdicts[Math.toIntExact(judged.id())] = judged.verdict();
      }
    }
    assertThat(verdicts).doesNotContainNull();
    return List.of(verdicts);
  }

  /** As an agent has it: what the jars contain is the launcher's to say. */
  private Origin claimed(Origin origin) {
    List<Origin.Frame> frames = new ArrayList<>();
    for (Origin.Frame frame : origin.frames()) {
      Origin.Source source = frame.source();
      sources.put(source.path(), source);
      frames.add(
          new Origin.Frame(
              frame.type(),
              frame.method(),
              frame.line(),
              frame.module(),
              new Origin.Source(source.path(), "", "")));
    }
    return new Origin(frames, origin.thread());
  }

  /** Waits until another version of the policy is in force. */
  void awaitEdit() throws IOException {
    epoch++;
    for (FrameChannel agent : agents.values()) {
      assertThat(agent.read()).isEqualTo(new Message.Epoch(epoch));
    }
  }

  /** Ends the run, and the server with it. */
  void end() throws IOException, InterruptedException {
    launcher.write(new Message.Finish());
    answering.join(10_000);
    for (FrameChannel agent : agents.values()) {
      agent.close();
    }
    launcher.close();
    process.getOutputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.exists(socket)).isFalse();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
