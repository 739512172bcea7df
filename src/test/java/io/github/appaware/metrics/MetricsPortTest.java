package io.github.appaware.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of a server. */
class MetricsPortTest {
  private static final ServerState GOOD = new ServerState(3, 1, 2, 1, 4, "", "");

  private final ServerMetrics figures = new ServerMetrics();
  private volatile ServerState state = GOOD;
  private MetricsPort port;

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    port = MetricsPort.open(any, figures, () -> state);
  }

  @AfterEach
  void close() {
    port.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port.port() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aLostStoreIsNoHealthUntilItIsBack() throws Exception {
    state = new ServerState(3, 1, 2, 1, 4, "", "etcd is lost");

    HttpResponse<String> bad = send("GET", "/health");
    assertThat(bad.statusCode()).isEqualTo(503);
    assertThat(bad.body())
        .isEqualTo(
            """
            {"status":"failed","epoch":3,"runs":1,"agents":2,"consoles":1,"questions":4,\
            "record":"ok","store":"etcd is lost"}
            """);
    assertThat(send("GET", "/metrics").body())
        .contains("\nappaware_healthy 0.0\n", "\nappaware_store_ok 0.0\n");

    state = GOOD;
    assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whatAPersonTookIsCountedApart() throws Exception {
    Verdict denied = Verdict.denied(Reason.Kind.UNANSWERED);
    figures.decided(denied, TimeUnit.SECONDS.toNanos(25), true);
    figures.questionClosed(denied);
    figures.refused(ServerMeters.Refusal.FULL);

    assertThat(send("GET", "/metrics").body())
        .contains("\nappaware_decisions_total{reason=\"unanswered\",verdict=\"deny\"} 1.0\n")
        .contains("\nappaware_questions_total{reason=\"unanswered\",verdict=\"deny\"} 1.0\n")
        .contains("\nappaware_asked_decision_seconds_bucket{le=\"20.0\"} 0\n")
        .contains("\nappaware_asked_decision_seconds_bucket{le=\"30.0\"} 1\n")
        .contains("\nappaware_decision_seconds_count 0\n")
        .contains("\nappaware_open_questions 4.0\n")
        .contains("\nappaware_refused_connections_total{cause=\"full\"} 1.0\n");
  }

  @Test
  void nothingElseIsThere() throws Exception {
    assertThat(send("GET", "/").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/metrics/x").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/health").statusCode()).isEqualTo(405);
  }

  @Test
  void itIsOnLoopbackAlone() {
    assertThatThrownBy(
            () -> MetricsPort.open(new InetSocketAddress("0.0.0.0", 0), figures, () -> GOOD))
        .hasMessage("metrics are served on loopback only, not on 0.0.0.0");
  }
}
