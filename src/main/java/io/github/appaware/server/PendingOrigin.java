package io.github.appaware.server;

import io.github.appaware.event.Origin;
import java.util.function.Consumer;

/**
 * An origin as an agent reports it, and what to do once it is known what its jars contain.
 *
 * @param then called once, by any thread
 */
public record PendingOrigin(Origin origin, Consumer<Origin> then) {}
