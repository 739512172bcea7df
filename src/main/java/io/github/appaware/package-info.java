/**
 * The journey of one connection, from {@code new Socket("example.com", 443)} to the transport layer
 * or to an exception, naming the class that carries each step.
 *
 * <h2>With a local server: {@code appaware run}</h2>
 *
 * <ol>
 *   <li>{@link io.github.appaware.cli.RunCommand} reads the command line; {@link
 *       io.github.appaware.launch.Launcher} starts the decision server ({@link
 *       io.github.appaware.launch.ServerProcess}), measures the target ({@link
 *       io.github.appaware.identity.Identifier}), and takes the woven classes of the target's JDK
 *       from the cache ({@link io.github.appaware.hook.WovenStore}), which {@link
 *       io.github.appaware.hook.Weaver} fills from the {@link io.github.appaware.hook.HookTable}
 *       once per JDK.
 *   <li>The server, {@link io.github.appaware.server.local.LocalServer}, reads the policy ({@link
 *       io.github.appaware.policy.read.PolicyReader}). The launcher registers the run with it under
 *       a random token ({@link io.github.appaware.launch.ServerLink}), then starts the target.
 *   <li>In the target's JVM {@link io.github.appaware.agent.Premain} runs before the application.
 *       {@link io.github.appaware.agent.AgentStart} defines the {@link
 *       io.github.appaware.bridge.Bridge} inside {@code java.base} ({@link
 *       io.github.appaware.agent.BridgeInjector}), hands woven classes to the JVM ({@link
 *       io.github.appaware.agent.Transformer}), connects to the server ({@link
 *       io.github.appaware.link.Link}), and proves that the hooks hold ({@link
 *       io.github.appaware.agent.SelfTest}); otherwise {@link io.github.appaware.agent.AgentAbort}
 *       ends the JVM. The launcher tells the server which process that is; the agent cannot.
 *   <li>The application's socket looks up the name. The woven {@code InetAddress} calls the bridge,
 *       the bridge calls {@link io.github.appaware.agent.EventChecker}, which turns the arguments
 *       into an {@link io.github.appaware.event.Event}. {@link
 *       io.github.appaware.agent.VerdictCache} has its verdict, or asks the server, with the {@link
 *       io.github.appaware.event.Origin} that {@link io.github.appaware.agent.Origins} found on the
 *       stack. If it is allowed, the JDK's resolver runs, and {@link
 *       io.github.appaware.agent.ResolvedNames} notes which addresses the name has. {@link
 *       io.github.appaware.agent.LibraryNames} does the same for code that looks up names without
 *       the JDK.
 *   <li>The woven {@code sun.nio.ch.Net.connect} asks in the same way, now about an address, a port
 *       and the name that the application asked for. Allowed, {@code connect(2)} follows. Denied,
 *       the method throws the {@link java.net.ConnectException} that it is declared to throw, with
 *       the rule and its line in the message, and no packet was sent.
 *   <li>At the server, {@link io.github.appaware.server.EventAuthorizer} decides: by the policy in
 *       force ({@link io.github.appaware.server.ActivePolicy}, {@link
 *       io.github.appaware.policy.engine.Policy}), by an answer given earlier in the run ({@link
 *       io.github.appaware.server.RunAnswers}), or by asking a person: {@link
 *       io.github.appaware.server.QuestionQueue} merges what one answer would settle, {@link
 *       io.github.appaware.prompt.Prompt} shows it on the run's terminal or {@link
 *       io.github.appaware.cli.ConsoleCommand} on another, and {@link
 *       io.github.appaware.server.AnswerHandler} writes an answer that is to last into the policy
 *       ({@link io.github.appaware.policy.edit.Answers}).
 *   <li>{@link io.github.appaware.record.EventRecord} writes the event with its verdict before the
 *       verdict is sent. Verdicts that the agent reused are reported by it within milliseconds.
 * </ol>
 *
 * <h2>With a remote server behind it: {@code appaware run --server}</h2>
 *
 * <p>The local server goes on deciding. What it allows it asks {@link
 * io.github.appaware.server.upstream.UpstreamServer}, which has one connection to the remote server
 * for each process of the run; both must allow ({@link io.github.appaware.server.StricterVerdict}).
 * The remote one is {@link io.github.appaware.server.resident.ResidentServer}: {@link
 * io.github.appaware.server.resident.TlsAcceptor} admits connections over TLS ({@link
 * io.github.appaware.tls.TlsChannel}) by certificates that {@link
 * io.github.appaware.trust.Authority} issued and {@link io.github.appaware.trust.Revocations} may
 * have revoked. It decides and records as above. Several such servers may share policy and answers
 * in {@link io.github.appaware.store.EtcdStore etcd}; {@link
 * io.github.appaware.metrics.MetricsPort} shows how one is doing.
 *
 * <h2>Without a launcher: the agent alone</h2>
 *
 * <p>The JVM is started with {@code -javaagent:…=server=tls://…}. {@link
 * io.github.appaware.agent.Remote} takes the launcher's place: it measures the JVM it is in, which
 * the record marks as self-reported, weaves where the cache has nothing ({@link
 * io.github.appaware.agent.WovenClassSource}), and connects to the remote server by the same {@link
 * io.github.appaware.link.Link} over TLS. The rest is as above, without a local server.
 *
 * <h2>What comes from outside</h2>
 *
 * <p>Accepted connections and received datagrams pass {@link
 * io.github.appaware.bridge.InboundBridge} when the peer is known and before the application sees
 * them: a denied peer is disconnected, a denied datagram dropped, and the JDK goes on waiting.
 *
 * <h2>With the guard: {@code appaware run --guard on}</h2>
 *
 * <p>On Linux, {@link io.github.appaware.guard.Guard} starts the target on a thread whose network
 * calls, and those of all that it starts, the kernel brings to the launcher. {@link
 * io.github.appaware.guard.CallHandler} handles each: {@link io.github.appaware.guard.ProcessLink}
 * asks the same server for the process, and the call is done in its place. What the agent in a JVM
 * was allowed passes by the server's own verdict.
 *
 * <h2>What appaware does not protect from</h2>
 *
 * <p>Without the guard: native code, {@code java.lang.foreign}, programs that are not Java, and
 * processes of the same user that attack the server, the policy or the cache. Native code and other
 * programs are recorded when they come into play, and refused with {@code --blind deny}. Nor does
 * it protect from code that gets into {@code java.base} by {@code --add-opens}, another agent,
 * {@code sun.misc.Unsafe} or {@code /proc/self/mem}. The README has the whole list.
 */
package io.github.appaware;
