package io.github.appaware.policy;

/** What was read, and where it stands. */
record Value<T>(T value, Spot at) {}
