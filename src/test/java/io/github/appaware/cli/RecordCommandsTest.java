package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.record.RecordSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code appaware log} and {@code appaware replay}, over a record with every kind of event. */
class RecordCommandsTest {
  @TempDir Path directory;
  private Commands commands;
  private Path record;

  @BeforeEach
  void write() throws IOException {
    commands = new Commands(directory);
    record = directory.resolve("events.jsonl");
    RecordSample.write(record);
  }

  @Test
  void eachEventIsALine() {
    Commands.Result result = commands.run("log", "events.jsonl");
    assertThat(result.out().lines())
        .hasSize(10)
        .contains(
            "1970-01-01T00:00:00Z     deny  billing: connect tcp to example.com:443, from g:lib:1,"
                + " in test com.acme.StoreTest.saves, by rule \"no-telemetry\" (policy.toml:12)",
            "1970-01-01T00:00:00Z     deny  billing: resolve example.com, by rule"
                + " \"no-telemetry\" (policy.toml:12) x2, and others like it");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void filtersAreJoinedByAnd() {
    assertThat(lines("--host", "example.com")).hasSize(4);
    assertThat(lines("--host", "*.com", "--event", "resolve")).hasSize(2);
    assertThat(lines("--host", "127.0.0.1")).hasSize(3);
    assertThat(lines("--host", "ns.example.com")).hasSize(1);
    assertThat(lines("--library", "g:*")).hasSize(9);
    assertThat(lines("--library", "g:lib")).hasSize(9);
    assertThat(lines("--library", "lib")).isEmpty();
    assertThat(lines("--app", "billing", "--verdict", "deny")).hasSize(10);
    assertThat(lines("--app", "billing-*.jar")).hasSize(10);
    assertThat(lines("--app", "x")).isEmpty();
    assertThat(lines("--verdict", "allow", "--verdict", "would")).isEmpty();
    assertThat(lines("--run", "run", "--until", "1970-01-01T00:00:01Z")).hasSize(10);
    assertThat(lines("--since", "1d")).isEmpty();
    assertThat(lines("--event", "blind")).hasSize(1);
  }

  private List<String> lines(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "log";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "events.jsonl";
    Commands.Result result = commands.run(all);
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  @Test
  void jsonIsTheRecordsOwnLines() throws IOException {
    assertThat(lines("--json")).isEqualTo(Files.readAllLines(record));
    assertThat(
            lines("--by", "library,event").stream()
                .map(line -> List.of(line.split(" {2,}", -1)))
                .map(cells -> cells.get(0) + " " + cells.get(1) + " " + cells.get(3)))
        .startsWith("LIBRARY EVENT DENIED", "g:lib:1 connect 5", "- resolve 2");
    assertThat(lines("--by", "host", "--json").get(0))
        .isEqualTo(
            "{\"host\":\"example.com\",\"allowed\":0,\"denied\":5,\"would\":0,"
                + "\"first\":\"1970-01-01T00:00:00Z\",\"last\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void anUnreadableLineIsToldAndTheOthersAreShown() throws IOException {
    Files.writeString(record, "{}\n{\"time", StandardOpenOption.APPEND);
    Commands.Result result = commands.run("log", "events.jsonl");
    assertThat(result.out().lines()).hasSize(10);
    assertThat(result.err().lines())
        .containsExactly(
            "appaware: DIR/events.jsonl:11: invalid time ``",
            "appaware: DIR/events.jsonl: the last line is incomplete and was left out");
    assertThat(result.status()).isEqualTo(125);
  }

  @Test
  void replayTellsWhatAnotherPolicyWouldSay() throws IOException {
    commands.write(
        "p.toml",
        """
        version = 1
        [default]
        unknown = "deny"
        [[rule]]
        id = "one"
        action = "allow"
        event = "send"
        origin = "maven:g:lib"
        """);
    Commands.Result result = commands.run("replay", "-p", "p.toml", "events.jsonl");
    assertThat(result.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "WAS|BECOMES|COUNT|EVENT|APP|FROM|BY",
            "deny|allow|1|send udp to 127.0.0.1:53|billing-2.1.jar|g:lib:1|by rule \"one\" (DIR/p.toml:4)",
            "",
            "1 of 11 events would be decided differently; 1 no policy decides; of 2 the record has"
                + " the count alone");
    assertThat(result.status()).isEqualTo(1);
    assertThat(commands.run("replay", "-p", "p.toml", "--json", "events.jsonl").out())
        .startsWith(
            "{\"lines\":10,\"events\":11,\"changed\":1,\"unnamed\":0,\"outside\":1,\"cut\":2,"
                + "\"changes\":[{\"was\":\"deny\",\"becomes\":\"allow\",\"count\":1,");
  }

  @Test
  void replayStopsAtWhatItCannotRead() throws IOException {
    commands.write("p.toml", "version = 1\n");
    Files.writeString(record, "{}\n", StandardOpenOption.APPEND);
    Commands.Result result = commands.run("replay", "-p", "p.toml", "events.jsonl");
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            appaware: DIR/events.jsonl:11: invalid time ``
              help: expected a record, as `run --log` writes it
            """);
    assertThat(result.status()).isEqualTo(125);
    assertThat(commands.run("replay", "-p", "p.toml", "none.jsonl").err())
        .isEqualTo("appaware: `DIR/none.jsonl`: no such file\n");
    assertThat(commands.run("replay", "-p", "none.toml", "events.jsonl").status()).isEqualTo(125);
    assertThat(commands.run("log", ".").status()).isEqualTo(125);
  }
}
