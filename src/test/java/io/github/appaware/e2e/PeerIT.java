package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which process is at the other end of a connection that does not leave the machine. */
@ExtendWith(ToolExtension.class)
class PeerIT {
  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";
  private static final String DENY = "version = 1\n[default]\nunknown = 'deny'\n";
  private static final String WARNING = "reached a process outside of this run";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps-1.0.jar")
  private Path jar;

  @BeforeEach
  void requireProc() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "there is no /proc here");
  }

  private Dialog run(Jdk jdk, String policy, String... options) throws IOException {
    Files.writeString(directory.resolve("p.toml"), policy);
    List<String> words = new ArrayList<>(List.of("run", "-p", "p.toml", "--log", "log"));
    words.addAll(List.of(options));
    words.addAll(List.of("--", jdk.java(), "-jar", jar.toString()));
    return tool.talk(words.toArray(String[]::new));
  }

  /** The lines about connections. */
  private List<RecordEntry> connects() throws Exception {
    List<RecordEntry> found = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("log"))) {
      assertThat(JsonSchemas.RECORD.problems(line)).as(line).isEmpty();
      RecordEntry entry = new RecordFormat().read(line);
      if (entry.event().kind() == EventKind.CONNECT) {
        found.add(entry);
      }
    }
    return found;
  }

  private static Peer.Place place(RecordEntry line) {
    return line.event().peer() == null ? Peer.Place.NONE : line.event().peer().place();
  }

  @TestOnNewestJdk
  @ShowsLimit("work handed to a process outside of the run")
  void aProcessOutsideOfTheRunIsRecordedAndWarnedOf(Jdk jdk) throws Exception {
    try (Listener outside = new Listener();
        Dialog dialog = run(jdk, ALLOW)) {
      String connect = "connect 127.0.0.1 " + outside.port();
      assertThat(dialog.say(connect)).startsWith("connected");
      assertThat(dialog.say(connect)).startsWith("connected");
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err())
          .contains("2 allowed, 0 denied")
          .contains("warning: 2 events " + WARNING)
          .contains("connect tcp to 127.0.0.1:" + outside.port() + ": java (")
          .contains("process " + ProcessHandle.current().pid() + " of user ")
          .contains("help: end that process before the run, or allow it with a rule that has");
    }
    assertThat(connects())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              Peer peer = line.event().peer();
              assertThat(peer.place()).isEqualTo(Peer.Place.OUTSIDE);
              assertThat(peer.pid()).isEqualTo(ProcessHandle.current().pid());
              assertThat(peer.file()).isEqualTo("java");
              assertThat(peer.user()).isEqualTo(System.getProperty("user.name"));
            });
    assertThat(connects().stream().mapToInt(RecordEntry::count).sum()).isEqualTo(2);
  }

  @TestOnNewestJdk
  void aProcessOfTheRunIsToldAsSuch(Jdk jdk) throws Exception {
    int port = Ports.free();
    try (Dialog dialog = run(jdk, ALLOW, "--fail-on-denied")) {
      assertThat(dialog.say("listen " + port)).isEqualTo("listening");
      assertThat(dialog.say("connect 127.0.0.1 " + port)).startsWith("connected");
      assertThat(dialog.say("child shell connect_127.0.0.1_" + port)).contains("connected");
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err()).doesNotContain(WARNING);
    }
    assertThat(connects()).hasSize(2).extracting(PeerIT::place).containsOnly(Peer.Place.RUN);
    assertThat(connects().get(0).event().peer().program()).isEqualTo("steps-1.0.jar");
  }

  @TestOnNewestJdk
  void handingOverFailsWhereThatWasAskedForUnlessARuleNamesThePeer(Jdk jdk) throws Exception {
    String rule =
        "[[rule]]\nid = 'here'\naction = 'allow'\nevent = 'connect'\naddress = 'loopback'\n";
    try (Listener outside = new Listener()) {
      String connect = "connect 127.0.0.1 " + outside.port();
      try (Dialog dialog = run(jdk, DENY + rule, "--fail-on-denied")) {
        assertThat(dialog.say(connect)).startsWith("connected");
        assertThat(dialog.end()).isEqualTo(120);
        assertThat(dialog.err()).contains("warning: 1 event " + WARNING);
      }
      for (String peer : List.of("outside", "ja*", "user:" + System.getProperty("user.name"))) {
        try (Dialog dialog =
            run(jdk, DENY + rule + "peer = '" + peer + "'\n", "--fail-on-denied")) {
          assertThat(dialog.say(connect)).as(peer).startsWith("connected");
          assertThat(dialog.say(connect)).as(peer).startsWith("connected");
          assertThat(dialog.end()).as(peer).isZero();
          assertThat(dialog.err()).doesNotContain("warning").contains("2 allowed, 0 denied");
        }
      }
      for (String peer : List.of("run", "postgres", "user:nobody-here")) {
        try (Dialog dialog = run(jdk, DENY + rule + "peer = '" + peer + "'\n")) {
          assertThat(dialog.say(connect)).as(peer).contains("denied by default");
          assertThat(dialog.end()).isZero();
        }
      }
    }
  }

  @TestOnNewestJdk
  void aUnixDomainSocketHasAPeerToo(Jdk jdk) throws Exception {
    Path path = directory.resolve("sock");
    String rule = "[[rule]]\naction = 'deny'\npeer = 'outside'\npath = '" + path + "'\n";
    try (ServerSocketChannel outside = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      outside.bind(UnixDomainSocketAddress.of(path));
      try (Dialog dialog = run(jdk, ALLOW, "--fail-on-denied")) {
        assertThat(dialog.say("connect-unix " + path)).isEqualTo("connected true");
        assertThat(dialog.end()).isEqualTo(120);
        assertThat(dialog.err()).contains("connect unix to " + path + ": java (");
      }
      try (Dialog dialog = run(jdk, ALLOW + rule)) {
        assertThat(dialog.say("connect-unix " + path)).contains("denied by a rule (p.toml:4)");
        assertThat(dialog.end()).isZero();
      }
    }
    assertThat(connects()).hasSize(2).extracting(PeerIT::place).containsOnly(Peer.Place.OUTSIDE);
  }

  /** A verdict that a rule about the peer could have changed is not used again. */
  @Test
  void anotherProcessInThePlaceOfOneThatWasAllowedIsDenied() throws Exception {
    int port = Ports.free();
    String rule = "[[rule]]\nid = 'own'\naction = 'deny'\npeer = 'outside'\n";
    try (Dialog dialog = run(Jdk.running(), ALLOW + rule)) {
      assertThat(dialog.say("connect 127.0.0.1 " + port)).contains("Connection refused");
      try (Listener outside = new Listener("127.0.0.1", port)) {
        assertThat(dialog.say("connect 127.0.0.1 " + outside.port()))
            .contains("denied by rule \"own\"");
      }
      assertThat(dialog.say("listen " + port)).isEqualTo("listening");
      assertThat(dialog.say("connect 127.0.0.1 " + port)).startsWith("connected");
      assertThat(dialog.end()).isZero();
    }
  }

  /** One that took a port over from the run, behind a verdict that is used again. */
  @Test
  void aUseOfACachedVerdictIsRecordedWithThePeerOfThatMoment() throws Exception {
    try (Dialog dialog = run(Jdk.running(), ALLOW, "--fail-on-denied")) {
      int port = Ports.free();
      assertThat(dialog.say("connect 127.0.0.1 " + port)).contains("Connection refused");
      try (Listener outside = new Listener("127.0.0.1", port)) {
        assertThat(dialog.say("connect 127.0.0.1 " + port)).startsWith("connected");
        assertThat(dialog.end()).isEqualTo(120);
        assertThat(outside.connections()).isOne();
      }
      assertThat(dialog.err()).contains(WARNING);
    }
    assertThat(connects())
        .extracting(PeerIT::place)
        .containsExactly(Peer.Place.NONE, Peer.Place.OUTSIDE);
  }
}
