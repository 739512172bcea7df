package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Address;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the agent looks up gives the application no name. */
@Timeout(300)
class OwnLookUpTest {
  private static final Address SERVERS = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address OTHERS = Address.of(new byte[] {127, 0, 0, 2});

  private final ResolvedNames names = new ResolvedNames();
  private final VerdictCache verdicts = new VerdictCache("", "");
  private final EventChecker checker =
      new EventChecker(
          verdicts,
          names,
          new BlindEvents(
              verdicts,
              new ChildProcesses(
                  new AgentOptions("", "", "", "", "", "", "", "", "/agent.jar"), "server=x")),
          null);

  private void resolved(String host, int last) throws IOException {
    InetAddress[] found = {InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last})};
    assertThat(checker.apply(Operation.RESOLVED, new Object[] {host, found})).isNull();
  }

  @Test
  void theNameOfTheServerIsNotTheApplicationsUntilItAsksForIt() throws Exception {
    Message.Join join = new Message.Join(Message.VERSION, "run", Samples.APP, true);
    Sockets sockets = new Sockets();
    LinkTime time = new LinkTime();
    checker.begin();
    Connection connection =
        new Connection(
            new Looking(),
            sockets,
            new RemoteGreeting(join, ServerAddress.parseAll("tls://localhost:7443"), sockets),
            new Grace(0, time),
            verdicts,
            time);
    verdicts.connect(connection);
    connection.begin();
    connection.connect(SelectorProvider.provider());
    try {
      connection.awaitWelcome();
    } catch (AgentStartException e) {
      assertThat(e).hasMessage("looked up");
    }

    assertThat(names.of(SERVERS)).as("what the agent looked up").isEmpty();
    assertThat(names.of(OTHERS)).as("other code on its thread").containsExactly("other.example");

    resolved("localhost", 1);
    assertThat(names.of(SERVERS)).containsExactly("localhost");
    requireThatAFileOfHostsGivesNoName();
  }

  /** What the JVM was started with is the user's choice; what it reads instead is the program's. */
  private void requireThatAFileOfHostsGivesNoName() throws IOException {
    InetAddress[] found = {InetAddress.getByAddress(new byte[] {127, 0, 0, 3})};
    Object[] read = {"third.example", found, "hosts"};
    assertThat(checker.apply(Operation.RESOLVED, read)).isNull();
    Address third = Address.of(found[0].getAddress());
    assertThat(names.of(third)).isEmpty();
    assertThat(names.askedFor(found[0], third)).isNull();
    assertThat(names.saidOf(found[0], third)).isEqualTo("third.example");
  }

  /** Looks up the server, as the JDK's hooked method tells it, and other code another host. */
  private final class Looking implements Servers {
    @Override
    public FrameChannel connect(int server) throws IOException {
      resolved("localhost", 1);
      resolved("other.example", 2);
      throw new IOException("looked up");
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int server) {
      return "the server";
    }

    @Override
    public String explain(int server, IOException failure) {
      return failure.getMessage();
    }

    @Override
    public boolean isRefusal(IOException failure) {
      return false;
    }

    @Override
    public boolean comeBack() {
      return true;
    }

    @Override
    public Message.Renew renewal(long now) {
      return null;
    }

    @Override
    public void renewed(String certificate) {}

    @Override
    public void enter() {}
  }
}
