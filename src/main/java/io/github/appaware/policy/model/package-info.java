/**
 * The words and values of a policy: rules, groups, applications, patterns over hosts, addresses,
 * ports, paths and origins, each of which parses its own text.
 *
 * <p>Immutable. Knows neither files nor TOML, and does not decide: {@link
 * io.github.appaware.policy.engine} does.
 */
package io.github.appaware.policy.model;
