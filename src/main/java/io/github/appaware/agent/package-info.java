/**
 * What runs inside the target: it connects to the decision server, puts the hooks in place, proves
 * that they hold, and then asks and obeys.
 *
 * <p>Only {@link io.github.appaware.agent.Premain} is loaded by the application's class loader; it
 * loads all else in a {@link io.github.appaware.agent.AgentLoader loader of its own}, so that the
 * application shares neither the agent's classes nor the module that {@code java.base} opens to the
 * agent. Every failure on the way stops the JVM before the application starts; every later failure
 * denies. It holds no policy and decides nothing.
 *
 * <p>Nothing here may use lambdas, method references or string switches on a path that runs at
 * start: linking the first of them costs the target milliseconds.
 */
package io.github.appaware.agent;
