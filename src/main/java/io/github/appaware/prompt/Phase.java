package io.github.appaware.prompt;

/** What the keys are about. */
enum Phase {
  CHOOSE,
  MENU,
  PREVIEW,
  DETAILS,
  CONFIRM_REST,
  SENT
}
