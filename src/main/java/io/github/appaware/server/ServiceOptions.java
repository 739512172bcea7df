package io.github.appaware.server;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.record.RecordSink;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What differs from one kind of server to another.
 *
 * @param machine the server's own name
 * @param mode what happens to events that the policy does not decide
 * @param blind what happens to blind events
 * @param log opens the record, or null for none
 * @param socket the server's own socket, which applications may not reach, or null
 * @param upstream a server that must allow what this one allows, or null
 * @param peers finds the process at the other end of a local connection
 * @param meters count what happens
 * @param responderReturn how long questions wait for a responder after the server's start and after
 *     the connection to a responder broke; zero for not at all
 */
public record ServiceOptions(
    String machine,
    Mode mode,
    BlindMode blind,
    RecordSink.Opener log,
    Path socket,
    Upstream upstream,
    PeerFinder peers,
    ServerMeters meters,
    Duration responderReturn) {}
