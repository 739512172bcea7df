package io.github.appaware.metrics;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServerState;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a server. Every series exists from the start, so that rates begin at zero, and
 * their number does not depend on what clients do.
 */
public final class ServerMetrics implements ServerMeters {
  private static final double NANOS = 1e9;

  private static final double[] MACHINE_SECONDS = {
    1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 0.1, 0.5, 1, 5
  };

  private static final double[] PERSON_SECONDS = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ByVerdict decisions;
  private final ByVerdict reuses;
  private final ByVerdict questions;
  private final DistributionDataPoint decisionSeconds;
  private final DistributionDataPoint askedSeconds;
  private final CounterDataPoint lines;
  private final CounterDataPoint bytes;
  private final CounterDataPoint failures;
  private final Map<Refusal, CounterDataPoint> refusals = new EnumMap<>(Refusal.class);

  /** A counter for each verdict and reason. */
  private static final class ByVerdict {
    private final Map<Reason.Kind, CounterDataPoint> allowed = new EnumMap<>(Reason.Kind.class);
    private final Map<Reason.Kind, CounterDataPoint> denied = new EnumMap<>(Reason.Kind.class);

    ByVerdict(Counter counter) {
      for (Reason.Kind kind : Reason.Kind.values()) {
        allowed.put(kind, counter.labelValues("allow", kind.label()));
        denied.put(kind, counter.labelValues("deny", kind.label()));
      }
    }

    void add(Verdict verdict, int count) {
      (verdict.allowed() ? allowed : denied).get(verdict.reason().kind()).inc(count);
    }
  }

  /** All zero. */
  public ServerMetrics() {
    decisions = byVerdict("decisions", "Verdicts that agents asked for.");
    reuses = byVerdict("reuses", "Events that agents decided by a cached verdict.");
    questions = byVerdict("questions", "Closed questions, by their last verdict.");
    decisionSeconds =
        seconds(
            "decision_seconds",
            "From reading an agent's request to its verdict, when no person was asked.",
            MACHINE_SECONDS);
    askedSeconds =
        seconds(
            "asked_decision_seconds",
            "From reading an agent's request to its verdict, when a person was asked.",
            PERSON_SECONDS);
    lines = counter("record_lines", "Lines in the record.");
    bytes = counter("record_bytes", "Bytes in the record.");
    failures = counter("record_failures", "Lines that could not be recorded.");
    Counter refused = counter("refused_connections", "Rejected connections, by cause.", "cause");
    for (Refusal why : Refusal.values()) {
      refusals.put(why, refused.labelValues(why.name().toLowerCase(Locale.ROOT)));
    }
    JvmMetrics.builder().register(registry);
  }

  private ByVerdict byVerdict(String name, String help) {
    return new ByVerdict(counter(name, help, "verdict", "reason"));
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("appaware_" + name + "_total")
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private DistributionDataPoint seconds(String name, String help, double... bounds) {
    return Histogram.builder()
        .name("appaware_" + name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  /** Adds the state to the metrics. */
  void watch(Supplier<ServerState> state) {
    gauge("healthy", "Whether all is well, as /health says.", state, s -> s.isHealthy() ? 1 : 0);
    gauge("epoch", "The epoch of the policy in force.", state, ServerState::epoch);
    gauge("runs", "Runs with an agent now or a minute ago.", state, ServerState::runs);
    gauge("agents", "Connected agents.", state, ServerState::agents);
    gauge("consoles", "Connected consoles.", state, ServerState::consoles);
    gauge("open_questions", "Questions that wait for a person.", state, ServerState::questions);
    gauge("record_ok", "0 once it failed.", state, s -> s.record().isEmpty() ? 1 : 0);
    gauge("store_ok", "0 while it is lost.", state, s -> s.store().isEmpty() ? 1 : 0);
  }

  private void gauge(
      String name, String help, Supplier<ServerState> state, ToDoubleFunction<ServerState> value) {
    GaugeWithCallback.builder()
        .name("appaware_" + name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(state.get())))
        .register(registry);
  }

  MetricSnapshots scrape() {
    return registry.scrape();
  }

  @Override
  public void decided(Verdict verdict, long nanos, boolean asked) {
    decisions.add(verdict, 1);
    (asked ? askedSeconds : decisionSeconds).observe(nanos / NANOS);
  }

  @Override
  public void reused(Verdict verdict, int count) {
    reuses.add(verdict, count);
  }

  @Override
  public void questionClosed(Verdict verdict) {
    questions.add(verdict, 1);
  }

  @Override
  public void recorded(int length) {
    lines.inc();
    bytes.inc(length);
  }

  @Override
  public void unrecorded() {
    failures.inc();
  }

  @Override
  public void refused(Refusal why) {
    refusals.get(why).inc();
  }
}
