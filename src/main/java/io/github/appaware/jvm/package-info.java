/**
 * Reads the command line and the environment of the {@code java} launcher as the launcher (libjli)
 * and the JVM behind it (libjvm) do: argument files, variables, option files, quotes, precedence.
 * {@link io.github.appaware.jvm.JvmOptions#parse} says what runs and under which options; {@link
 * io.github.appaware.jvm.HarmlessOptions} says which of these may change what the code of the
 * command line is, or what the agent can see of it.
 *
 * <p>Runs in the launcher, and in the target as part of the agent, which loads it when the target
 * starts another JVM: JDK only, no lambdas.
 *
 * <p>Not responsible for: measuring the files that are named, options that a JDK image was linked
 * with ({@code jlink --add-options}), the launcher that starts itself again because of {@code
 * LD_LIBRARY_PATH}, and files that change between this reading and the JVM's.
 */
package io.github.appaware.jvm;
