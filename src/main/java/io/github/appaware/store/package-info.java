/**
 * Policy and answers in etcd, shared by several decision servers.
 *
 * <p>Below a prefix, {@code policy/NAME.toml} is a whole policy each, which operators put there,
 * and {@code answers/ID} an answer each, a policy too. A server merges them all. {@code head} is
 * written with each change that appaware makes, and each such change is made only if nobody else
 * has written it since the others were read: so ids stay unique. Loaded by the resident server
 * alone. {@link io.github.appaware.store.EtcdStore} keeps in step with etcd, which it knows as
 * {@link io.github.appaware.store.Keys}. It does not decide anything, and keeps nothing on disk.
 */
package io.github.appaware.store;
