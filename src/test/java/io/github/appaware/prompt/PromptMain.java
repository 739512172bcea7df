package io.github.appaware.prompt;

import io.github.appaware.testkit.Await;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Attend;
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jline.utils.Signals;

/**
 * The prompt on a terminal, before a server that agrees to everything.
 *
 * <p>Arguments: a file for what is said to the server; how long questions wait, in milliseconds; a
 * command to run beside, which makes the file {@code ready} when it uses the terminal, or {@code
 * -}; the hosts to be asked about.
 */
public final class PromptMain {
  private final Path log;
  private final CountDownLatch open;
  private Prompt prompt;

  private PromptMain(Path log, int questions) {
    this.log = log;
    open = new CountDownLatch(questions);
  }

  public static void main(String[] args) throws Exception {
    List<String> hosts = List.of(args).subList(3, args.length);
    PromptMain main = new PromptMain(Path.of(args[0]), hosts.size());
    Process child =
        args[2].equals("-") ? null : new ProcessBuilder("sh", "-c", args[2]).inheritIO().start();
    main.ask(hosts, Long.parseLong(args[1]), child);
  }

  private void ask(List<String> hosts, long left, Process child) throws Exception {
    prompt =
        Prompt.open(
                Clock.systemUTC(),
                "localhost",
                this::send,
                () ->
                    child == null
                        ? Stream.empty()
                        : Stream.concat(Stream.of(child.toHandle()), child.descendants()),
                true)
            .orElseThrow();
    Signals.register("INT", prompt::interrupted);
    if (child != null) {
      Await.until(() -> Files.exists(Path.of("ready"))); // it uses the terminal
    }
    long start = System.nanoTime();
    note("start " + start / 1_000_000);
    for (int i = 0; i < hosts.size(); i++) {
      prompt.receive(Samples.question(i + 1, hosts.get(i), left, hosts.size() - 1 - i));
    }
    open.await();
    prompt.close();
    note("closed");
    if (child != null) {
      child.waitFor();
    }
  }

  private void note(String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void send(QuestionMessage message) throws IOException {
    note(message.toString());
    if (message instanceof Answer answer) {
      boolean stored = answer.choice().term().isStored();
      String text = stored ? "saved as rule \"app-1\" (policy.toml:12)" : "";
      prompt.receive(new Answered(answer.id(), true, text));
      settle(answer.question(), answer.choice().allow());
    } else if (message instanceof Preview preview) {
      prompt.receive(
          new Previewed(
              preview.id(),
              "/home/me/.config/appaware/policy.toml",
              List.of("[[rule]]", "id = 'app-1'", "action = 'allow'", "host = 'repo1.maven.org'"),
              ""));
    } else if (message instanceof Inspect inspect) {
      prompt.receive(
          new Details(
              inspect.id(),
              List.of("java.net.Socket.connect:600", "com.acme.Main.main:12"),
              List.of("bash (4000)", "java -jar app.jar (4242)"),
              List.of("rule `central` allows port 80 only")));
    } else if (message instanceof Dismiss dismiss) {
      settle(dismiss.question(), false);
    } else if (message instanceof DenyRest) {
      while (open.getCount() > 0) {
        open.countDown();
      }
    } else if (message instanceof Attend attend && !attend.able()) {
      for (long i = open.getCount(); i > 0; i--) {
        settle(i, false);
      }
    }
  }

  private void settle(long question, boolean allowed) {
    prompt.receive(new Settled(question, allowed, "", allowed ? "" : "as nobody answered"));
    open.countDown();
  }
}
