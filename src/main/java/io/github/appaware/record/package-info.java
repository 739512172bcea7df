/**
 * The record of events. {@link io.github.appaware.record.RecordFormat} writes and reads its lines,
 * JSON Lines that {@code record.schema.json} describes; {@link
 * io.github.appaware.record.EventRecord} puts them into a {@link
 * io.github.appaware.record.RecordSink sink}: a file, a rotating file, a stream or a syslog server.
 * {@link io.github.appaware.record.RecordReader} reads whole records, {@link
 * io.github.appaware.record.Destination} tells what of an entry stays the same from run to run.
 *
 * <p>Loaded by decision servers, which write the record, and by commands that read it. It does not
 * decide what is recorded or when, and it never drops a line: after a failure, every write fails.
 */
package io.github.appaware.record;
