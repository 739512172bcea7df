/**
 * What whoever watches over a remote server sees: its health, and figures in the text format of
 * Prometheus, over HTTP on loopback.
 *
 * <p>{@link io.github.appaware.metrics.ServerMetrics} counts what the server reports to its {@link
 * io.github.appaware.server.ServerMeters}; {@link io.github.appaware.metrics.MetricsPort} shows it.
 * Loaded only when asked for. It names no application, host, user or endpoint, and decides nothing.
 */
package io.github.appaware.metrics;
