/**
 * One run from its command line to its exit status: identifies the target, has the JDK's classes
 * woven, starts the decision server and the target, passes signals on, and cleans up.
 *
 * <p>Runs in the launcher, in the foreground. What there is to tell goes to a {@link
 * io.github.appaware.launch.UserNotices}; it does not print, word help texts or decide events.
 */
package io.github.appaware.launch;
