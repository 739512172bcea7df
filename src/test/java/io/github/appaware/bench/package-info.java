/** Benchmarks, run by the profile {@code bench} only: side by side in one run, printing tables. */
package io.github.appaware.bench;
