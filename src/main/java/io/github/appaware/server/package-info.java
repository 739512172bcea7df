/**
 * The decision server: runs, verdicts, questions, and the record.
 *
 * <p>A process of its own, out of the application's reach. {@link
 * io.github.appaware.server.local.LocalServer} serves one run on a Unix-domain socket, {@link
 * io.github.appaware.server.resident.ResidentServer} many hosts over TLS; what both do is in {@link
 * io.github.appaware.server.DecisionService}. Each connection is a {@link
 * io.github.appaware.server.ClientConnection}; a {@link io.github.appaware.server.Run} is what
 * belongs to one target. {@link io.github.appaware.server.EventAuthorizer} gives each event its
 * verdict: from the policy, which the {@link io.github.appaware.server.ActivePolicy} applies, from
 * the run's answers, from a person, whom {@link io.github.appaware.server.QuestionQueue} waits for,
 * and from the server above, where there is one ({@link
 * io.github.appaware.server.upstream.UpstreamServer}). The {@link
 * io.github.appaware.record.EventRecord} writes it down before it is told, to a {@link
 * io.github.appaware.record.RecordSink}. {@link io.github.appaware.server.AnswerHandler} makes
 * rules of answers. It does not measure who an application is (the launcher does) and has no
 * terminal.
 */
package io.github.appaware.server;
