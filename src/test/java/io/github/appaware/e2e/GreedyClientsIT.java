package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.testkit.GoodAgent;
import io.github.appaware.testkit.OperatedServer;
import io.github.appaware.testkit.SmallServer;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients with good certificates that have a server remember as much as they can: several times its
 * whole heap. It ends when it has too little.
 */
@Timeout(180)
class GreedyClientsIT {
  private static final int KIBIBYTES = SmallServer.HEAP_MEBIBYTES * 1024;

  @TempDir Path directory;
  private SmallServer server;
  private GoodAgent good;
  private TlsClient greedy;

  @BeforeEach
  void serve() throws Exception {
    server = new SmallServer(directory);
    good = GoodAgent.join(server.connect(server.enrolled(Role.AGENT, "good")));
    greedy = server.enrolled(Role.AGENT, "greedy");
  }

  @AfterEach
  void end() throws Exception {
    try {
      server.process().assertAlive();
      good.assertServed();
      assertThat(server.process().liveKibibytes()).isLessThan(KIBIBYTES * 3 / 4);
    } finally {
      good.close();
      server.close();
    }
  }

  private FrameChannel joined(String run, Application application) throws IOException {
    FrameChannel agent = server.connect(greedy);
    agent.write(new Message.Join(Message.VERSION, run, application, false));
    assertThat(agent.read()).isInstanceOf(Message.Welcome.class);
    return agent;
  }

  private static final Application ENDLESS =
      Application.builder()
          .file("f".repeat(5_000))
          .path("p".repeat(5_000))
          .sha256("s".repeat(5_000))
          .kind(Application.Kind.JAR)
          .maven("m".repeat(5_000))
          .jvm("j".repeat(5_000))
          .user("u".repeat(5_000))
          .pid(1)
          .parent("a".repeat(5_000))
          .command(Collections.nCopies(32, "c".repeat(300)))
          .directory("d".repeat(5_000))
          .build();

  @Test
  void runsOfEndlessApplicationsAreRememberedShortened() throws Exception {
    for (int i = 0; i < 1_100; i++) {
      joined("run-" + i, ENDLESS).close();
    }
  }

  @Test
  void whatIsClaimedToComeAndDoesNotCostsNothing() throws Exception {
    List<FrameChannel> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FrameChannel channel = server.connect(greedy);
      channel.write(ByteBuffer.allocate(5).putInt(FrameChannel.LARGEST).rewind());
      open.add(channel);
    }
    good.assertServed();
    assertThat(server.process().liveKibibytes()).isLessThan(KIBIBYTES * 3 / 4);
    for (FrameChannel each : open) {
      each.close();
    }
  }

  @Test
  void aConsoleThatDoesNotReadMissesEventsAndCostsLittle() throws Exception {
    List<FrameChannel> consoles = new ArrayList<>();
    TlsClient auditor = server.enrolled(Role.AUDITOR, "auditor");
    for (int i = 0; i < 3; i++) {
      FrameChannel console = server.connect(auditor);
      console.write(new QuestionMessage.Watch(Message.VERSION, "", ""));
      consoles.add(console);
    }
    FrameChannel agent = joined("run", ENDLESS);
    for (int i = 0; i < 2_000; i++) {
      agent.write(new Message.Ask(i, OperatedServer.event("no.example"), Origin.UNKNOWN));
      assertThat(agent.read()).isInstanceOf(Message.Decided.class);
      if (i % 500 == 0) {
        for (FrameChannel each : consoles) {
          each.write(new Message.Flush(1));
        }
      }
    }
    assertThat(server.process().liveKibibytes()).isLessThan(KIBIBYTES / 2);
    good.assertServed();
    for (FrameChannel each : consoles) {
      each.close();
    }
    agent.close();
  }

  @Test
  void moreQuestionsThanThereIsRoomForAreDenied() throws Exception {
    FrameChannel operator = server.connect(server.enrolled(Role.OPERATOR, "olga"));
    operator.write(new QuestionMessage.Watch(Message.VERSION, "", ""));
    assertThat(operator.read()).isInstanceOf(Message.Welcome.class);
    operator.write(new QuestionMessage.Attend(true));
    operator.write(new Message.Flush(9));
    Message said = operator.read();
    while (!said.equals(new Message.Noted(9))) {
      said = operator.read();
    }
    String text = "x".repeat(900);
    Origin.Source source = new Origin.Source(text, "", "");
    Origin origin =
        new Origin(
            Collections.nCopies(Origin.MOST_FRAMES, new Origin.Frame(text, text, 1, "", source)),
            "main");
    List<FrameChannel> agents = new ArrayList<>();
    int flood = 0;
    for (int i = 0; i < 4; i++) {
      FrameChannel agent = joined("run-" + i, GoodAgent.APP);
      agents.add(agent);
      for (int id = 0; id < 1_500; id++) {
        agent.write(new Message.Ask(id, OperatedServer.event("ask.example"), origin));
        Message answer = agent.read();
        while (answer instanceof Message.Notice) {
          answer = agent.read();
        }
        if (answer instanceof Message.Decided decided) {
          assertThat(decided.verdict().reason().kind()).isEqualTo(Reason.Kind.FLOOD);
          flood++;
        } else {
          assertThat(answer).isInstanceOf(Message.Asked.class);
        }
      }
    }
    assertThat(flood).isPositive();
    good.assertServed();
    for (FrameChannel each : agents) {
      each.close();
    }
    operator.close();
  }
}
