package io.github.appaware.store;

import io.github.appaware.server.PolicyStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Opens stores by their addresses. */
public final class Stores {
  private Stores() {}

  /**
   * The store at an address; connects when it is first used.
   *
   * @param address {@code etcd://host:2379,host2:2379/prefix}, or {@code
   *     etcds://host:2379/prefix?ca=FILE&cert=FILE&key=FILE} with TLS
   * @param files policies on this machine that are merged with what is stored
   * @throws StoreException if it is no such address
   */
  public static PolicyStore open(String address, List<Path> files, Clock clock)
      throws StoreException {
    EtcdAddress etcd = EtcdAddress.parse(address);
    return new EtcdStore(new JetcdKeys(etcd), etcd, files, clock);
  }
}
