/**
 * One run from its command line to its exit status: identifies the target, has the JDK's classes
 * woven, starts the decision server and the target, passes signals on, and cleans up.
 *
 * <p>Runs in the launcher, in the foreground. Notices go to a {@link
 * io.github.appaware.launch.UserNotices}, questions to a {@link
 * io.github.appaware.launch.QuestionHandler}. It does not print, parse options or decide events.
 */
package io.github.appaware.launch;
