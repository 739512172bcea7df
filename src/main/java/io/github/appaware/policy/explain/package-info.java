/**
 * Why a policy decides as it does, for people: {@link
 * io.github.appaware.policy.explain.PolicyExplainer} gives the part of each rule in a decision,
 * {@link io.github.appaware.policy.explain.NearMisses} the rules that nearly match, {@link
 * io.github.appaware.policy.explain.Warnings} those that can never match or never decide. {@link
 * io.github.appaware.policy.explain.EventParser} and {@link
 * io.github.appaware.policy.explain.OriginParser} parse the event that a person asks about.
 *
 * <p>Tries rules one by one, by the plain reading in {@link
 * io.github.appaware.policy.explain.RuleEvaluation}, so it is slow; decisions are the engine's.
 * Loaded by the decision server for its messages, and by the launcher's {@code policy} commands.
 */
package io.github.appaware.policy.explain;
