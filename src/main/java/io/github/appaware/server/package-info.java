/**
 * The decision server: runs, verdicts, and the record.
 *
 * <p>A process of its own, out of the application's reach: {@link
 * io.github.appaware.server.DecisionServer} accepts connections on a Unix-domain socket, one {@link
 * io.github.appaware.server.Client} each; a {@link io.github.appaware.server.Run} is what a
 * launcher registered; the {@link io.github.appaware.server.Decider} applies the policy; the {@link
 * io.github.appaware.server.EventRecord} writes down each event before its verdict is told, to a
 * {@link io.github.appaware.server.RecordSink}. It does not measure who an application is (the
 * launcher does) and does not talk to people.
 */
package io.github.appaware.server;
