package io.github.appaware.server;

import io.github.appaware.event.Origin;
import java.util.function.Consumer;

/**
 * An origin as an agent tells it, and what to do when it is known what its jars contain.
 *
 * @param then called once, by any thread
 */
public record SourcedOrigin(Origin origin, Consumer<Origin> then) {}
