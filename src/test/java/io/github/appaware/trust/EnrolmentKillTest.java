package io.github.appaware.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.tls.ProofOfPossession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that enrol at the same directory are killed in the middle of it. */
@Timeout(300)
class EnrolmentKillTest {
  private static final int ROUNDS = 1 + Integer.getInteger("appaware.kills", 30) / 15;
  private static final int PROCESSES = 2;

  @TempDir Path dir;

  @Test
  void noCertificateIsLostAndNoTokenWorksTwiceWhoeverIsKilled() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path directory = dir.resolve("home");
    ServerHome home =
        ServerHome.init(directory, List.of("a.example"), Lifetimes.DEFAULT, Clock.systemUTC());
    Authority authority = new Authority(home, Clock.systemUTC());
    Map<String, String> told = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String line : killSome(directory, "round" + round, random)) {
        String[] words = line.split(" ", -1);
        if (words.length == 3) {
          assertThat(told.put(words[1], words[2])).as("two have %s", words[1]).isNull();
          Token used = new Token(Role.AGENT, "", words[0]);
          assertThatThrownBy(
                  () ->
                      authority.enrol(AuthorityTest.asked(used, "x", ProofOfPossession.newKeys())))
              .as("seed %d", seed)
              .isInstanceOf(TrustException.class)
              .hasMessage("the token was used already");
        }
      }
      CertificateRegister.Entries state = new CertificateRegister(home.register()).read();
      told.forEach((name, serial) -> assertThat(state.serials().get(name)).contains(serial));
      Token next = authority.token(Role.AGENT, "", Duration.ofHours(1));
      assertThat(
              authority.enrol(
                  AuthorityTest.asked(next, "after-" + round, ProofOfPossession.newKeys())))
          .isNotNull();
    }
    assertThat(told).isNotEmpty();
  }

  private static List<String> killSome(Path home, String name, Random random) throws Exception {
    List<Process> processes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(home, name));
      }
      List<BufferedReader> outputs = new ArrayList<>();
      for (Process each : processes) {
        outputs.add(each.inputReader());
      }
      for (BufferedReader each : outputs) {
        lines.add(each.readLine()); // it is in the middle of its work now
      }
      for (int i = 0; i < PROCESSES; i++) {
        for (int more = random.nextInt(4); more > 0; more--) {
          lines.add(outputs.get(i).readLine());
        }
        processes.get(i).toHandle().destroyForcibly();
        StringWriter rest = new StringWriter();
        long unused = outputs.get(i).transferTo(rest);
        // A line without its end was not told to anybody.
        String text = rest.toString();
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
        assertThat(processes.get(i).waitFor()).isEqualTo(128 + 9);
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    return lines;
  }

  private static Process start(Path home, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            EnrollingProcess.class.getName(),
            home.toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
