/**
 * The agent inside the target: it connects to the decision server, installs the hooks, proves that
 * they work, and then asks the server about each event and enforces the verdict.
 *
 * <p>Only {@link io.github.appaware.agent.Premain} is loaded by the application's class loader; it
 * is itself the loader of everything else, so that the application shares neither the agent's
 * classes nor the module that {@code java.base} opens to the agent. In a run it has a name of the
 * run's own, so that nothing on the class path can stand in its place. Every failure before that
 * stops the JVM before the application starts; every later failure denies.
 *
 * <p>Not responsible for: decisions and the policy, which are the server's.
 *
 * <p>Nothing here may use lambdas, method references or string switches on a path that runs at
 * start: linking the first of them costs the target milliseconds.
 */
package io.github.appaware.agent;
