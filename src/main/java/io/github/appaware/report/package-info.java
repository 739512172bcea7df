/**
 * What a record says, for people and other programs: {@link io.github.appaware.report.Replay} tells
 * which verdicts would be others under another policy, {@link io.github.appaware.report.Baseline}
 * what is new since an earlier record.
 *
 * <p>Loaded by commands that read a record, and by a run that was asked for a report, when its
 * program has ended. It reads and writes no files, and decides nothing about a run.
 */
package io.github.appaware.report;
