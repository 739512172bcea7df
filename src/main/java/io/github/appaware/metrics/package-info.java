/**
 * Monitoring of a resident server: its health, and metrics in the text format of Prometheus, over
 * HTTP on loopback.
 *
 * <p>{@link io.github.appaware.metrics.ServerMetrics} counts what a server reports to its {@link
 * io.github.appaware.server.ServerMeters}; {@link io.github.appaware.metrics.MetricsPort} shows it.
 * Loaded by the resident server, and only with {@code --metrics}. It names no application, host,
 * user or endpoint, and decides nothing.
 */
package io.github.appaware.metrics;
