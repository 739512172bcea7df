package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Verdict;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code appaware server} of the built tool, set up and enrolled with as users do. */
public final class OperatedServer implements Closeable {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = "deny"
      [[rule]]
      id = "yes"
      action = "allow"
      host = "yes.example"
      [[rule]]
      id = "ask"
      action = "ask"
      host = "ask.example"
      """;

  private final Path directory;
  private final Tool tool;
  private final Path err;
  private final Path out;
  private final int port = Ports.free();
  private final int metrics = Ports.free();
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts it with these options besides, in a directory of its own. */
  public OperatedServer(Path directory, String... options) throws Exception {
    this.directory = directory;
    this.tool = new Tool(directory);
    this.err = directory.resolve("server.err");
    this.out = directory.resolve("server.out");
    Enrolling.init(directory.resolve("home"), "localhost");
    Files.writeString(directory.resolve("p.toml"), POLICY);
    List<String> arguments = new ArrayList<>(List.of("server", "--home", "home"));
    arguments.addAll(List.of("--listen", "tls://localhost:" + port, "--policy", "p.toml"));
    arguments.addAll(List.of("--metrics", "127.0.0.1:" + metrics));
    arguments.addAll(List.of(options));
    process =
        tool.builder(arguments.toArray(String[]::new))
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .start();
    Await.until(() -> !process.isAlive() || err().contains("serving at"));
    assertThat(process.isAlive()).as(err()).isTrue();
  }

  Process process() {
    return process;
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  public List<String> out() throws IOException {
    return Files.readAllLines(out);
  }

  /** Gets a certificate for agents. */
  public ClientTrust enrol() throws Exception {
    return enrol(Role.AGENT, "host-1");
  }

  private ClientTrust enrol(Role role, String name) throws Exception {
    String address = "tls://localhost:" + port;
    Enrolling.enrol(tool, address, Enrolling.token(directory.resolve("home"), role, ""), name);
    ClientFiles files = new ClientFiles(directory.resolve("config/appaware"));
    return ClientTrust.open(files, ServerAddress.parse(address), List.of(role), Clock.systemUTC());
  }

  /** A console whose person is asked. */
  public FrameChannel operator() throws Exception {
    FrameChannel console =
        new FrameChannel(Enrolled.connect(enrol(Role.OPERATOR, "olga"), Clock.systemUTC()));
    console.write(new QuestionMessage.Watch(Message.VERSION, "", ""));
    assertThat(console.read()).isInstanceOf(Message.Welcome.class);
    console.write(new QuestionMessage.Attend(true));
    console.write(new Message.Ping()); // answered when the server knows that it attends
    Message.Pong unused = next(console, Message.Pong.class);
    return console;
  }

  /** A connected agent. */
  public static FrameChannel agent(ClientTrust trust) throws Exception {
    FrameChannel agent = new FrameChannel(Enrolled.connect(trust, Clock.systemUTC()));
    Application app =
        Application.builder()
            .file("a.jar")
            .path("/a.jar")
            .kind(Application.Kind.JAR)
            .jvm("17")
            .user("me")
            .pid(1)
            .directory("/")
            .build();
    agent.write(new Message.Join(Message.VERSION, "run", app, false));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  public static Verdict ask(FrameChannel agent, long id, String host) throws IOException {
    agent.write(new Message.Ask(id, event(host), Origin.UNKNOWN));
    Message.Decided answer = next(agent, Message.Decided.class); // after a notice, another epoch
    assertThat(answer.id()).isEqualTo(id);
    return answer.verdict();
  }

  /** The next message of this kind; what comes before it is dropped. */
  private static <T extends Message> T next(FrameChannel from, Class<T> kind) throws IOException {
    Message message = from.read();
    while (!kind.isInstance(message)) {
      assertThat(message).as("%s: the server has closed the connection", kind).isNotNull();
      message = from.read();
    }
    return kind.cast(message);
  }

  /** Has the operator allow it always; the agent goes on while that is saved. */
  public static void allowAlways(FrameChannel operator, FrameChannel agent, String host)
      throws IOException {
    agent.write(new Message.Ask(1, event(host), Origin.UNKNOWN));
    long id = next(operator, QuestionMessage.Question.class).id();
    Choice always = new Choice(true, Choice.Scope.ENDPOINT, Choice.Term.ALWAYS);
    operator.write(new QuestionMessage.Answer(1, id, always));
    operator.write(new Message.Ping()); // answered when the answer is taken, not yet saved
    Message.Pong unused = next(operator, Message.Pong.class);
    assertThat(next(agent, Message.Decided.class).verdict().allowed()).isTrue();
  }

  public static Event event(String host) {
    Address address = Address.of(new byte[] {(byte) 192, 0, 2, 1});
    return new Event.Inet(EventKind.CONNECT, Protocol.TCP, address, 443).withHost(host);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + metrics + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The samples, by name and labels as they are written. */
  public Map<String, Double> samples() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Double> samples = new HashMap<>();
    for (String line : response.body().lines().filter(each -> !each.startsWith("#")).toList()) {
      int blank = line.lastIndexOf(' ');
      samples.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
    }
    return samples;
  }

  /** Sends a signal, as an administrator does. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Its exit status, which it must have within a few seconds. */
  public int ended() throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
