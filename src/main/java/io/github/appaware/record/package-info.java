/**
 * The record of events: its one format, JSON Lines, written by {@link
 * io.github.appaware.record.EventRecord} and read by {@link io.github.appaware.record.RecordLine},
 * and the {@link io.github.appaware.record.RecordSink sinks} it goes to: a file, a rotating file, a
 * stream, a syslog server.
 *
 * <p>Loaded by decision servers, which write, and by commands that read a record. It does not
 * decide what is recorded or when, and never drops a line: a sink that fails once fails for good.
 */
package io.github.appaware.record;
