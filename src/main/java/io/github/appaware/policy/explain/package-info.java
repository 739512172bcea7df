/**
 * Why a policy decides as it does, for people: {@link
 * io.github.appaware.policy.explain.PolicyExplainer} tells what each rule contributes, {@link
 * io.github.appaware.policy.explain.NearMisses} which rules nearly matched, {@link
 * io.github.appaware.policy.explain.Warnings} which can never match or never decide.
 *
 * <p>Tries rules one by one, by the plain reading in {@link
 * io.github.appaware.policy.explain.RuleEvaluation}; deciding is the engine's.
 */
package io.github.appaware.policy.explain;
