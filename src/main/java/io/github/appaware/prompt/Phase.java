package io.github.appaware.prompt;

/** What keys refer to at present. */
enum Phase {
  CHOOSE,
  MENU,
  PREVIEW,
  DETAILS,
  CONFIRM_REST,
  SENT
}
