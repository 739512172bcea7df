package io.github.appaware.launch;

/** Shows the user notices of the launcher. Called by any thread. */
public interface UserNotices {
  /** Shows a notice, which does not begin with the program's name. */
  void tell(String text);
}
