/**
 * A local server's connection to the remote server that must allow what the local one allows.
 *
 * <p>{@link io.github.appaware.server.upstream.UpstreamServer} is the {@link
 * io.github.appaware.server.Upstream} of a run: one link a process. While the remote server is
 * unreachable, whatever is not decided is denied.
 */
package io.github.appaware.server.upstream;
