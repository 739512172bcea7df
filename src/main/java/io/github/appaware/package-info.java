/**
 * The journey of one connection, from {@code new Socket("example.com", 443)} to the transport layer
 * or to an exception.
 *
 * <ol>
 *   <li>Before anything runs, {@link io.github.appaware.cli} reads the command line and {@link
 *       io.github.appaware.launch} has {@link io.github.appaware.identity} measure the target, has
 *       {@link io.github.appaware.hook} weave the target JDK's classes (once a JDK), and starts the
 *       {@link io.github.appaware.server} as another process, which reads the {@link
 *       io.github.appaware.policy}. The launcher registers the run there under a random token.
 *   <li>The target's JVM loads the {@link io.github.appaware.agent} first. It defines the {@link
 *       io.github.appaware.bridge} inside {@code java.base}, hands woven classes to the JVM,
 *       connects to the server over the {@link io.github.appaware.wire} and proves on itself that
 *       the hooks hold. The launcher tells the server who that process is; the agent can't.
 *   <li>The application's socket first looks up the name. The woven {@code InetAddress} calls the
 *       bridge, the bridge the agent, and the agent, unless it may reuse a verdict, asks the server
 *       about the {@link io.github.appaware.event}. The answer comes back as null or a sentence.
 *   <li>Allowed, the JDK's resolver runs, and the agent notes which addresses the name really has.
 *   <li>The woven {@code sun.nio.ch.Net.connect} asks in the same way, now about an address, a
 *       port, and the names that this process resolved to it. Allowed, {@code connect(2)} follows.
 *       Denied, the method throws the {@link java.net.ConnectException} that it is declared to
 *       throw, with the rule and its line in the message, and no packet was sent.
 *   <li>What the policy leaves open is put to a person: the {@link io.github.appaware.prompt} on
 *       the terminal of the run, or a console. The server merges what one answer would settle,
 *       writes an answer that is to stay into the policy, and settles all that it covers.
 *   <li>Each verdict is in the server's record before the application feels it; verdicts that the
 *       agent reused follow within milliseconds.
 * </ol>
 *
 * <p>A server on another host is reached over TLS with certificates on both sides, which are made,
 * renewed and taken back in {@link io.github.appaware.trust}. The local server goes on deciding and
 * asks it besides: both must allow. Several such servers may share policy and answers in a {@link
 * io.github.appaware.store}; {@link io.github.appaware.metrics} tells how one fares.
 *
 * <p>appaware does not protect from native code, {@code java.lang.foreign}, programs that are not
 * Java, or a process that runs as the same user and attacks the server, the policy or the cache. It
 * records that they come into play, and refuses them where the run says so. Nor does it protect
 * from code that is let into {@code java.base}, by {@code --add-opens} or another agent, or that
 * lets itself in by {@code sun.misc.Unsafe} or {@code /proc/self/mem}; the README has the whole
 * list.
 *
 * <p>What comes from outside is judged when the peer is known and before the application sees it: a
 * denied peer is hung up on, a denied datagram lost, and the JDK goes on waiting.
 */
package io.github.appaware;
