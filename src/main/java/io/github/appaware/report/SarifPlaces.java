package io.github.appaware.report;

import io.github.appaware.report.Findings.Finding;

/** Where in the repository an alert is shown. */
@FunctionalInterface
public interface SarifPlaces {
  /**
   * One line of a file.
   *
   * @param uri relative to the root of the repository, percent-encoded
   * @param line from 1
   * @param columns how many characters the line has, at least 1
   */
  record Place(String uri, int line, int columns) {}

  /** The policy's line that decided, or what stands for it; never null. */
  Place of(Finding finding);
}
