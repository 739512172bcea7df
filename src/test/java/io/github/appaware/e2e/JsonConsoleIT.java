package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.EtcdProcess;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.RemoteServer;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program at a console can do what a person can at a terminal. */
@Timeout(240)
@ExtendWith(ToolExtension.class)
class JsonConsoleIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps.jar")
  private Path jar;

  private Dialog run(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(options));
    words.addAll(List.of("--", Jdk.running().java(), "-jar", jar.toString()));
    return tool.talk(words.toArray(String[]::new));
  }

  /** The run is there once its program answers. */
  private Dialog console(Dialog target) throws IOException {
    assertThat(target.say("pid")).matches("\\d+");
    return tool.talk("console", "--json", "--events", "none");
  }

  private static CompletableFuture<String> begin(Dialog target, Listener listener) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return target.say("connect 127.0.0.1 " + listener.port());
          } catch (IOException e) {
            return e.toString();
          }
        });
  }

  /** The next line of that type. */
  private static String hear(Dialog console, String type) throws IOException {
    while (true) {
      String line = console.hear();
      assertThat(line).as(type).isNotNull();
      assertThat(JsonSchemas.CONSOLE_OUTPUT.problems(line)).as(line).isEmpty();
      if (Json.text(line, "type").equals(type)) {
        return line;
      }
    }
  }

  /** Says it about the question; the fields, with quotes, follow the number. */
  private static void tell(Dialog console, String question, String fields) throws IOException {
    String line = "{\"question\":" + Json.text(question, "question") + "," + fields + "}";
    assertThat(JsonSchemas.CONSOLE_ANSWER.problems(line)).as(line).isEmpty();
    console.tell(line);
  }

  @Test
  void aRebuiltProgramIsPinnedAfterALookAtAllThatIsKnown() throws Exception {
    try (Listener listener = new Listener()) {
      String before =
          "version = 1\n[[app]]\nid = 'mine'\nfile = 'steps.jar'\nsha256 = '%s'\n"
              .formatted("1".repeat(64));
      Path policy = directory.resolve("p.toml");
      Files.writeString(policy, before + "[[rule]]\nid = 'own'\naction = 'allow'\napp = 'mine'\n");
      try (Dialog target = run("-p", "p.toml", "--prompt", "console");
          Dialog console = console(target)) {
        CompletableFuture<String> connected = begin(target, listener);
        String question = hear(console, "question");
        assertThat(Json.text(question, "standing")).isEqualTo("changed");
        assertThat(Json.text(question, "formerly")).isEqualTo("mine");
        assertThat(Json.text(question, "elsewhere")).as("the run only says it").isEqualTo("false");

        tell(console, question, "\"answer\":\"hold\"");
        tell(console, question, "\"answer\":\"details\"");
        assertThat(hear(console, "details")).contains("Steps.run", "steps.jar");
        tell(console, question, "\"answer\":\"deny\",\"term\":\"always\",\"preview\":true");
        assertThat(hear(console, "preview"))
            .contains("[[rule]]", "action   = \\\"deny\\\"", "p.toml")
            .doesNotContain("problem");
        assertThat(Files.readString(policy)).startsWith(before).doesNotContain("deny");
        assertThat(connected).isNotDone();

        tell(console, question, "\"answer\":\"pin\"");
        assertThat(Json.text(hear(console, "answered"), "text"))
            .matches("it is `mine`: hash added \\(.*p\\.toml:5\\)");
        assertThat(connected.get()).startsWith("connected");
        assertThat(target.end()).isZero();
      }
      try (Dialog again = run("-p", "p.toml", "--mode", "enforce")) {
        assertThat(begin(again, listener).get()).startsWith("connected");
      }
    }
  }

  @Test
  void anAnswerIsTakenBackWithItsRule() throws Exception {
    Path policy = Files.writeString(directory.resolve("p.toml"), "version = 1\n");
    try (Listener listener = new Listener();
        Dialog target = run("-p", "p.toml", "--prompt", "console");
        Dialog console = console(target)) {
      CompletableFuture<String> connected = begin(target, listener);
      String question = hear(console, "question");
      tell(console, question, "\"answer\":\"allow\",\"term\":\"always\"");
      assertThat(hear(console, "answered")).contains("saved as rule ");
      assertThat(connected.get()).startsWith("connected");
      assertThat(Files.readString(policy)).contains("[[rule]]");

      tell(console, question, "\"answer\":\"take-back\"");
      assertThat(hear(console, "answered")).contains("removed rule ");
      assertThat(Files.readString(policy)).doesNotContain("[[rule]]");
      CompletableFuture<String> second = begin(target, listener);
      tell(console, hear(console, "question"), "\"answer\":\"deny\"");
      assertThat(second.get()).contains("denied by an answer");
    }
  }

  /** The same of a remote server whose answers are in etcd. */
  @Test
  void ofAServerWithEtcdAnAnswerIsForOneMachineAndARebuiltProgramIsPinned() throws Exception {
    EtcdProcess.assume();
    Files.writeString(directory.resolve("site.toml"), "version = 1\n[default]\nunknown = 'ask'\n");
    try (Listener listener = new Listener();
        EtcdProcess etcd = new EtcdProcess(directory)) {
      RemoteServer.init(tool, "home");
      try (RemoteServer server =
          new RemoteServer(
              tool, "home", "--policy", "site.toml", "--store", "etcd://" + etcd.server())) {
        server.enrol("agent", "host-1");
        server.enrol("operator", "olga");
        String[] remote = {"--server", server.address()};
        try (Dialog console = tool.talk("console", remote[0], remote[1], "--json")) {
          answerOnce(console, remote, listener);
          try (Dialog target = run(remote)) {
            assertThat(begin(target, listener).get()).as("saved").startsWith("connected");
          }
          try (FileSystem rebuilt = FileSystems.newFileSystem(jar)) {
            Files.writeString(rebuilt.getPath("build"), "2");
          }
          try (Dialog target = run(remote)) {
            CompletableFuture<String> connected = begin(target, listener);
            String question = hear(console, "question");
            assertThat(Json.text(question, "formerly")).isEqualTo("steps");
            tell(console, question, "\"answer\":\"pin\"");
            assertThat(Json.text(hear(console, "answered"), "text"))
                .matches("it is `steps`: hash added \\(etcd:/appaware/answers/.*:\\d+\\)");
            assertThat(connected.get()).startsWith("connected");
          }
        }
      }
    }
  }

  private void answerOnce(Dialog console, String[] remote, Listener listener) throws Exception {
    try (Dialog target = run(remote)) {
      CompletableFuture<String> connected = begin(target, listener);
      String question = hear(console, "question");
      assertThat(Json.text(question, "machine")).isEqualTo("host-1");
      String always = "\"answer\":\"allow\",\"term\":\"always\",\"machine-only\":true";
      tell(console, question, always + ",\"preview\":true");
      assertThat(hear(console, "preview")).contains("machine  = \\\"host-1\\\"");
      tell(console, question, always);
      assertThat(hear(console, "answered")).contains("(etcd:/appaware/answers/");
      assertThat(connected.get()).startsWith("connected");
    }
  }
}
