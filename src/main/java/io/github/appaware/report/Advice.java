package io.github.appaware.report;

import io.github.appaware.record.RecordEntry;
import java.util.List;

/** What would allow events. */
@FunctionalInterface
public interface Advice {
  /** The lines of a policy in TOML; empty where no rule can say it. */
  String of(List<RecordEntry> entries);
}
