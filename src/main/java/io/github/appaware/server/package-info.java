/**
 * The decision server: runs, verdicts, questions, answers. Loaded by the server's own process
 * alone, out of the application's reach.
 *
 * <p>{@link io.github.appaware.server.local.LocalServer} serves one run on a Unix-domain socket,
 * {@link io.github.appaware.server.resident.ResidentServer} many hosts over TLS; what both do is in
 * {@link io.github.appaware.server.DecisionService}.
 *
 * <p>The journey of an event: a {@link io.github.appaware.server.ClientConnection} reads the
 * agent's message; {@link io.github.appaware.server.CodeSources} completes the origin; {@link
 * io.github.appaware.server.EventAuthorizer} decides by the {@link
 * io.github.appaware.server.ActivePolicy}, then by the {@link io.github.appaware.server.RunAnswers}
 * of its {@link io.github.appaware.server.Run}, else puts it as a {@link
 * io.github.appaware.server.PendingAsk} into the {@link io.github.appaware.server.QuestionQueue},
 * which the {@link io.github.appaware.server.QuestionAnnouncer} shows to {@link
 * io.github.appaware.server.Responders}; {@link io.github.appaware.server.AnswerHandler} applies
 * the answer and {@link io.github.appaware.server.AnswerWriter} stores it; an {@link
 * io.github.appaware.server.Upstream} server, if there is one, must allow it as well; {@link
 * io.github.appaware.server.EventRecorder} records the verdict, and only then it is sent.
 *
 * <p>It does not measure applications (the launcher does), does not evaluate or parse policies
 * ({@code policy} does), and has no terminal.
 */
package io.github.appaware.server;
