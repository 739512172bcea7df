package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Landing;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Network.Host;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Decision server, host of the applications and operator on hosts of their own, which share nothing
 * but the network, set up as users do. The applications reach the rest of the world, 10.71 to
 * 10.73, by three links: one for what is allowed, one for what is denied and one for what is asked
 * about.
 */
public final class RemoteWorld implements Closeable {
  public static final int PORT = 7000;
  private static final String POLICY =
      """
      [[rule]]
      id = "good"
      action = "allow"
      address = "10.71.0.0/16"
      [[rule]]
      id = "bad"
      action = "deny"
      address = "10.72.0.0/16"
      """;

  private final Network network;
  private Host serverHost;
  private Host agentHost;
  private Host operatorHost;
  private Tool administrator;
  private Tool agent;
  private Tool operator;
  private Path agentDirectory;
  private Path operatorDirectory;
  private ResidentProcess server;
  private Dialog landing;
  private Path steps;

  public RemoteWorld(Path directory) throws Exception {
    network = Network.open();
    boolean good = false;
    try {
      setUp(directory);
      good = true;
    } finally {
      if (!good) {
        close();
      }
    }
  }

  private void setUp(Path directory) throws Exception {
    serverHost = network.host("10.70.0.1");
    agentHost = network.host("10.70.0.2");
    operatorHost = network.host("10.70.0.3");
    Host world = network.alone();
    network.line(agentHost, "allowed", world, "10.71.0.0/16", "10.70.1");
    network.line(agentHost, "denied", world, "10.72.0.0/16", "10.70.2");
    network.line(agentHost, "asked", world, "10.73.0.0/16", "10.70.3");

    agentDirectory = Files.createDirectory(directory.resolve("agent"));
    operatorDirectory = Files.createDirectory(directory.resolve("operator"));
    agent = new Tool(agentDirectory).at(agentHost.entering());
    operator = new Tool(operatorDirectory).at(operatorHost.entering());
    steps = Programs.jar(agentDirectory.resolve("steps.jar"), Steps.class);
    Path jar = Programs.jar(directory.resolve("landing.jar"), Landing.class);
    String java = Jdk.running().java();
    landing =
        new Dialog(
            new ProcessBuilder(world.entering(java, "-jar", jar.toString(), String.valueOf(PORT))));
    assertThat(landing.hear()).isEqualTo("ready");

    Path home = directory.resolve("server");
    administrator = new Tool(Files.createDirectory(home)).at(serverHost.entering());
    server = new ResidentProcess(administrator, home, "10.70.0.1", 7443, POLICY).start();
    server.enrol(agent, "agent", "host-1");
    server.enrol(operator, "operator", "alice");
  }

  public ResidentProcess server() {
    return server;
  }

  /** The server's host is cut off. */
  public void cut() throws Exception {
    serverHost.cut();
  }

  public void mend() throws Exception {
    serverHost.mend();
  }

  /** How many frames the applications' host has sent by this link. */
  public long sent(String line) throws IOException {
    return agentHost.sent(line);
  }

  /** The program that runs the test's steps. */
  public Path steps() {
    return steps;
  }

  /** Another program on the applications' host. */
  public Path program(String name, Class<?> main) throws IOException {
    return Programs.jar(agentDirectory.resolve(name), main);
  }

  /** The lines that the server prints for its administrator. */
  public Result administer(String... command) throws Exception {
    return administrator.run(command);
  }

  /** A program under the launcher. */
  public Dialog launched(Path jar, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("run", "-q", "--server", server.address(), "--", Jdk.running().java()));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return agent.talk(command.toArray(String[]::new));
  }

  /** A program with nothing but the agent. */
  public Dialog bare(Path jar, String... arguments) throws IOException {
    String option = "-javaagent:" + Tool.AGENT + "=server=" + server.address();
    List<String> command =
        new ArrayList<>(List.of(Jdk.running().java(), option, "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return new Dialog(agent.command(command));
  }

  public Dialog console() throws IOException {
    Dialog console = operator.talk("console", "--server", server.address(), "--json");
    // There is no such question; that the server says so proves that it knows the console.
    tell(console, "{\"question\":1000000,\"answer\":\"deny\"}");
    assertThat(Json.text(hear(console, "answered"), "accepted")).isEqualTo("false");
    return console;
  }

  /** A person's. */
  public Pty terminal() throws IOException {
    List<String> words =
        operatorHost.entering(Tool.SCRIPT.toString(), "console", "--server", server.address());
    return new Pty(new Tool(operatorDirectory), operatorDirectory, String.join(" ", words));
  }

  public static void tell(Dialog dialog, String line) throws IOException {
    dialog.process().getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    dialog.process().getOutputStream().flush();
  }

  public static String hear(Dialog console, String type) throws IOException {
    String line = console.hear();
    while (line != null && !Json.text(line, "type").equals(type)) {
      line = console.hear();
    }
    assertThat(line).as(type).isNotNull();
    return line;
  }

  public static void always(Dialog console, String question) throws IOException {
    tell(
        console,
        "{\"question\":%s,\"answer\":\"allow\",\"scope\":\"endpoint\",\"term\":\"always\"}"
            .formatted(Json.text(question, "question")));
  }

  public static String to(String address) {
    return "connect " + address + " " + PORT;
  }

  public static String denied(String address, String why) {
    return "java.net.ConnectException: appaware: connect tcp to " + address + ":" + PORT + why;
  }

  public static CompletableFuture<String> saying(Dialog dialog, String step) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return String.valueOf(dialog.say(step));
          } catch (IOException e) {
            return e.toString();
          }
        });
  }

  public static String soon(CompletableFuture<String> said) throws Exception {
    return said.get(30, TimeUnit.SECONDS);
  }

  /** The connections that arrived, by network. */
  public Map<String, Integer> landed() throws IOException {
    String line = landing.say("");
    Map<String, Integer> landed = new TreeMap<>();
    for (String each : line.isEmpty() ? new String[0] : line.split(" ", -1)) {
      int end = each.indexOf('=');
      landed.put(each.substring(0, end), Integer.valueOf(each.substring(end + 1)));
    }
    return landed;
  }

  @Override
  public void close() throws IOException {
    if (landing != null) {
      landing.close();
    }
    if (server != null) {
      server.close();
    }
    network.close();
  }
}
