package io.github.appaware.launch;

/** Where the launcher tells the user something; called by any thread. */
public interface UserNotices {
  /** One thing the user should know, without the program's name in front. */
  void tell(String text);
}
