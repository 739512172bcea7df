package io.github.appaware.policy.read;

/** What was read, and where it stands. */
record Located<T>(T value, Position at) {}
