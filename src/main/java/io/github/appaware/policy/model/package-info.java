/**
 * The words and values of a policy: the keys of its tables ({@link
 * io.github.appaware.policy.model.RuleKey} for rules), rules, groups and applications, and patterns
 * over hosts, addresses, ports, paths and origins, each of which parses its own text.
 *
 * <p>Immutable, but for builders. Knows neither TOML nor the content of files, and does not decide:
 * {@link io.github.appaware.policy.engine} does. Loaded by the decision server and the launcher.
 */
package io.github.appaware.policy.model;
