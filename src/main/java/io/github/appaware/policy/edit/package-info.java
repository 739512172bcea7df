/**
 * Changes to policy files: {@link io.github.appaware.policy.edit.Answers} appends rules, {@link
 * io.github.appaware.policy.edit.RuleRemoval} removes one, {@link
 * io.github.appaware.policy.edit.PolicyFormat} brings a file into the canonical form.
 *
 * <p>Each change is atomic, locked against other processes, on disk when a method returns, and
 * proven to change what it should and nothing else; comments and order stay. It does not decide
 * what is written.
 */
package io.github.appaware.policy.edit;
