package io.github.appaware.prompt;

/** What a key does to the question on the screen. */
enum KeyAction {
  /** The question stays, or its answer is on its way. */
  STAY,
  /** The last answer is taken back. */
  TAKE_BACK,
  /** The question is left to others. */
  LEAVE,
  /** The question is denied, with everything else that its run would ask. */
  DENY_REST
}
