/**
 * Changes to policy files: {@link io.github.appaware.policy.edit.Answers} appends rules, {@link
 * io.github.appaware.policy.edit.RuleRemoval} removes one, {@link
 * io.github.appaware.policy.edit.PolicyFormat} brings a file into the canonical form.
 *
 * <p>Each change is atomic, locked against other processes, on disk when the method returns, and
 * proven to change what it should and nothing else; comments and order stay. Loaded by the decision
 * server and the launcher's {@code policy} commands. What is to be written is decided elsewhere.
 */
package io.github.appaware.policy.edit;
