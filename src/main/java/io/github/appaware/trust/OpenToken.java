package io.github.appaware.trust;

import java.time.Instant;

/**
 * A token that was made and not used, without its secret.
 *
 * @param name that it enrols, or empty for any unused one
 * @param expiry until when it is valid
 */
public record OpenToken(Role role, String name, Instant expiry) {}
