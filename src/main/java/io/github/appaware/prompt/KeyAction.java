package io.github.appaware.prompt;

/** What becomes of the question on the screen by a key. */
enum KeyAction {
  /** It stays, or its answer is under way. */
  STAY,
  /** It is left to others. */
  LEAVE,
  /** It is denied, and so is all the rest of its run. */
  DENY_REST
}
