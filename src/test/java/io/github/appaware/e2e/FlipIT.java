package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Flips;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A path or an address object that is allowed and, at the wrong moment, another. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class FlipIT {
  private static final int TIMES = Integer.getInteger("appaware.flips", 1_500);

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Flips.class)
  private Path jar;

  /** Accepts, and counts bytes. */
  private static final class Witness {
    private final ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final AtomicInteger bytes = new AtomicInteger();

    Witness(Path path) throws IOException {
      Files.createDirectories(path.getParent());
      server.bind(UnixDomainSocketAddress.of(path), 4_000);
      Thread thread = new Thread(this::accept);
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        while (true) {
          try (SocketChannel peer = server.accept()) {
            if (peer.read(ByteBuffer.allocate(9)) > 0) {
              bytes.incrementAndGet();
            }
          }
        }
      } catch (IOException e) {
        // Closed: the end of the test.
      }
    }

    /** How many connections brought something. */
    int close() throws IOException {
      server.close();
      return bytes.get();
    }
  }

  @TestOnEachJdk
  void whatIsReachedIsWhatWasJudged(Jdk jdk) throws Exception {
    Path real = directory.toRealPath();
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[default]\nunknown = 'deny'\n[[rule]]\naction = 'allow'\npath = '"
            + real
            + "/*/good/s'\n[[rule]]\naction = 'allow'\naddress = '127.0.0.5'\n");
    Map<String, Witness> allowed = new LinkedHashMap<>();
    Map<String, Witness> denied = new LinkedHashMap<>();
    for (String way : Flips.WAYS) {
      allowed.put(way, new Witness(real.resolve(way + "/good/s")));
      denied.put(way, new Witness(real.resolve(way + "/other/s")));
      Files.createDirectory(real.resolve(way + "/links"));
    }
    Listener listener = new Listener();
    Result result =
        tool.run(
            "run",
            "-q",
            "-p",
            "p.toml",
            "--log",
            "log",
            "--",
            jdk.java(),
            "-jar",
            jar.toString(),
            String.valueOf(TIMES),
            real.toString(),
            String.valueOf(listener.port()));

    try (listener) {
      assertThat(listener.connections()).isZero();
    }
    assertThat(result.out().lines()).as(result.err()).contains("address: true true false");
    for (String way : Flips.WAYS) {
      assertThat(result.out().lines())
          .as(result.err())
          .contains(way + ": allowed true, denied true");
      assertThat(denied.get(way).close()).as(way).isZero();
      assertThat(allowed.get(way).close()).as(way).isPositive();
    }
    List<String> changed =
        Files.readAllLines(directory.resolve("log")).stream()
            .filter(line -> line.contains("\"reason\":{\"kind\":\"changed\"}"))
            .toList();
    assertThat(changed).isNotEmpty();
    assertThat(result.out().lines())
        .contains("denied after an allowance: " + Json.sum(changed, "connect", "deny"));
  }
}
