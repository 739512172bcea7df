package io.github.appaware.link;

/** Takes what the user should know while everything goes on. */
public interface Notices {
  /** A sentence, in printable characters. By any thread. */
  void tell(String text);
}
