package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Fuzzer;
import io.github.appaware.testkit.GoodAgent;
import io.github.appaware.testkit.LocalServerProcess;
import io.github.appaware.testkit.ServerProcess;
import io.github.appaware.testkit.SmallServer;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.Mutants;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both servers of the built tool, with little memory, under malformed frames: they reject them,
 * serve well-behaved clients, and are afterwards as they were before. The profile {@code fuzz}
 * sends a million to each, the usual build a few thousand.
 */
class FuzzIT {
  private static final long FRAMES = Long.getLong("fuzz.frames", 20_000);
  private static final int WORKERS = 3;

  /** What a server may keep: runs of the last minute, sessions of TLS. */
  private static final int MOST_KEPT_KIBIBYTES = 16 * 1024;

  private final long seed = Long.getLong("fuzz.seed", new Random().nextLong());
  private final long began = System.nanoTime();

  @TempDir Path directory;

  /** Frames that one kind of client sends, over all. */
  private record Part(String name, long frames, Fuzzer.Count count, Step step) {
    /** One connection. */
    interface Step {
      void go(Fuzzer fuzzer, Random random) throws Exception;
    }

    Part(String name, long frames, Step step) {
      this(name, frames, new Fuzzer.Count(), step);
    }
  }

  /** All parts one after the other, each by a few threads at once. */
  private void send(List<Part> parts, Predicate<Message> mostly) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      for (Part part : parts) {
        long start = System.nanoTime();
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
          long own = seed + 31L * i + part.name.hashCode();
          all.add(threads.submit(worker(part, own, mostly)));
        }
        for (Future<Object> each : all) {
          each.get();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("fuzz: " + part.name + ": " + part.count + ", " + millis + " ms");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Object> worker(Part part, long seed, Predicate<Message> mostly) {
    return () -> {
      Mutants mutants =
          part.name.endsWith("welcome") ? new Mutants(seed, mostly) : new Mutants(seed);
      Fuzzer fuzzer = new Fuzzer(mutants, part.count);
      while (part.count.frames.get() < part.frames) {
        part.step.go(fuzzer, mutants.random());
      }
      return null;
    };
  }

  private static boolean isAgents(Message message) {
    return message instanceof Message.Ask
        || message instanceof Message.Flush
        || message instanceof Message.Ping
        || (message instanceof Message.Used used && used.count() > 0);
  }

  private static boolean isOperators(Message message) {
    return message instanceof QuestionMessage.Attend
        || message instanceof QuestionMessage.Answer
        || message instanceof QuestionMessage.Preview
        || message instanceof QuestionMessage.Inspect
        || message instanceof QuestionMessage.Dismiss
        || message instanceof QuestionMessage.DenyRest
        || message instanceof QuestionMessage.Engage
        || message instanceof QuestionMessage.TakeBack
        || message instanceof Message.Flush
        || message instanceof Message.Ping
        || message instanceof Message.Renew;
  }

  private static FrameChannel welcome(FrameChannel channel, Message first) throws IOException {
    channel.write(first);
    assertThat(channel.read()).isInstanceOf(Message.Welcome.class);
    return channel;
  }

  @Test
  void theServerForOtherHostsStaysWhatItIs() throws Exception {
    try (SmallServer server =
        new SmallServer(
            directory,
            "--blind",
            "deny",
            "--log",
            "log.jsonl",
            "--log-size",
            "8M",
            "--log-keep",
            "2")) {
      TlsClient agent = server.enrolled(Role.AGENT, "fuzz");
      TlsClient operator = server.enrolled(Role.OPERATOR, "olga");
      TlsClient stranger = server.anonymous();
      List<Part> parts =
          List.of(
              new Part(
                  "TLS, agent, welcome",
                  FRAMES * 8 / 10,
                  (fuzzer, random) -> {
                    String run = "run-" + random.nextInt(1_000);
                    Message join = new Message.Join(Message.VERSION, run, GoodAgent.APP, false);
                    fuzzer.many(
                        () -> welcome(server.connect(agent), join),
                        message -> isAgents(message) || message instanceof Message.Renew,
                        random.nextInt(4));
                  }),
              new Part(
                  "TLS, operator, welcome",
                  FRAMES * 2 / 10,
                  (fuzzer, random) -> {
                    Message watch = new QuestionMessage.Watch(Message.VERSION, "", "");
                    fuzzer.many(
                        () -> welcome(server.connect(operator), watch),
                        FuzzIT::isOperators,
                        random.nextInt(4));
                  }),
              new Part(
                  "TLS, agent, first",
                  FRAMES / 50,
                  (fuzzer, random) ->
                      fuzzer.one(
                          () -> server.connect(agent),
                          message ->
                              message instanceof Message.Join || message instanceof Message.Renew)),
              new Part(
                  "TLS, no certificate",
                  FRAMES / 100,
                  (fuzzer, random) ->
                      fuzzer.one(
                          () -> server.connect(stranger), Message.Enroll.class::isInstance)));
      GoodAgent good = GoodAgent.join(server.connect(server.enrolled(Role.AGENT, "good")));
      try (good) {
        Await.until(() -> server.process().clientThreads() == 2);
        State before = State.of(server.process());
        send(parts, message -> isAgents(message) || isOperators(message));
        long plain = plain(server, FRAMES / 100);
        good.assertServed();
        before.assertAsBefore(server.process(), 2);
        assertRefusals(server, parts, plain);
      }
      System.out.println(
          "fuzz: good agent: " + good.asked() + " verdicts, longest wait " + good.longest());
    }
  }

  /** Bytes that are not a handshake; some begin like one. */
  private long plain(SmallServer server, long frames) throws IOException {
    Mutants mutants = new Mutants(seed);
    Random random = mutants.random();
    for (long i = 0; i < frames; i++) {
      byte[] bytes = mutants.next();
      if (random.nextBoolean() && bytes.length > 9) {
        bytes[0] = 22;
        bytes[1] = 3;
        bytes[2] = 1;
        bytes[3] = (byte) ((bytes.length - 5) >> 8);
        bytes[4] = (byte) (bytes.length - 5);
        bytes[5] = random.nextBoolean() ? 1 : bytes[5];
      }
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
          // An alert.
        }
      } catch (IOException reset) {
        // Also an end.
      }
    }
    System.out.println("fuzz: plain: " + frames + " beginnings on as many connections");
    return frames;
  }

  private void assertRefusals(SmallServer server, List<Part> parts, long plain) throws Exception {
    long violations = parts.stream().mapToLong(part -> part.count.violations.get()).sum();
    long sent = parts.stream().mapToLong(part -> part.count.frames.get()).sum();
    Await.until(() -> server.process().refused("protocol") == violations);
    assertThat(server.process().refused("handshake")).isEqualTo((int) plain);
    assertThat(sent).isGreaterThanOrEqualTo(FRAMES);
    List<String> told = server.told();
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    assertThat(told)
        .allMatch(line -> line.startsWith("appaware: refused "))
        .hasSizeLessThan((int) (21 * (seconds / 10 + 2)));
    System.out.println(
        "fuzz: " + violations + " refusals told of in " + told.size() + " lines, seed " + seed);
  }

  @Test
  void theServerOfARunStaysWhatItIs() throws Exception {
    try (LocalServerProcess server = new LocalServerProcess(directory)) {
      AtomicLong pids = new AtomicLong(LocalServerProcess.GOOD); // one agent each
      List<Part> parts =
          List.of(
              new Part(
                  "local, agent, welcome",
                  FRAMES * 9 / 10,
                  (fuzzer, random) ->
                      fuzzer.many(
                          () -> server.agent(pids.incrementAndGet()),
                          FuzzIT::isAgents,
                          random.nextInt(8))),
              new Part(
                  "local, first",
                  FRAMES / 10,
                  (fuzzer, random) -> fuzzer.one(server::connect, message -> false)));
      GoodAgent good = new GoodAgent(server.agent(LocalServerProcess.GOOD));
      try (good) {
        Await.until(() -> server.process().clientThreads() == 4);
        State before = State.of(server.process());
        send(parts, FuzzIT::isAgents);
        good.assertServed();
        before.assertAsBefore(server.process(), 4);
        assertThat(parts.stream().mapToLong(part -> part.count.frames.get()).sum())
            .isGreaterThanOrEqualTo(FRAMES);
        assertThat(server.process().err()).isEmpty();
      }
      System.out.println(
          "fuzz: good agent: " + good.asked() + " verdicts, longest wait " + good.longest());
    }
  }

  /** What a server holds, seen from outside. */
  private record State(int kibibytes, int descriptors) {
    static State of(ServerProcess process) throws Exception {
      return new State(process.liveKibibytes(), process.descriptors());
    }

    void assertAsBefore(ServerProcess process, int threads) throws Exception {
      Await.until(() -> process.clientThreads() == threads);
      Await.until(() -> process.descriptors() <= descriptors);
      State now = of(process);
      System.out.println("fuzz: before " + this + ", after " + now);
      assertThat(now.kibibytes).isLessThan(kibibytes + MOST_KEPT_KIBIBYTES);
    }
  }
}
