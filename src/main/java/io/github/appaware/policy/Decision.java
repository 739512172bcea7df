package io.github.appaware.policy;

import io.github.appaware.event.Reason;

/**
 * What a policy says about one event.
 *
 * @param action what is to be done
 * @param reason the rule, or the default, that says so, and where it stands
 */
public record Decision(Action action, Reason reason) {}
