/**
 * Policy and answers in etcd, shared by several decision servers.
 *
 * <p>Below a prefix, each {@code policy/NAME.toml} is a whole policy, which operators store, and
 * each {@code answers/ID} an answer, a policy as well. A server merges them all. {@code head} is
 * written with each change by appaware, and only if it was not written since the keys were read: so
 * ids stay unique. {@link io.github.appaware.store.EtcdStore} is the store, {@link
 * io.github.appaware.store.StoreMirror} its copy in memory, {@link io.github.appaware.store.Keys}
 * what both need of etcd. Loaded by the resident server, and only with {@code --store}. It decides
 * nothing and writes no files.
 */
package io.github.appaware.store;
