package compat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

// name: ZooKeeper, server and client
// maven: org.apache.zookeeper:zookeeper:3.9.4
// also: org.slf4j:slf4j-nop:2.0.17
// also: io.dropwizard.metrics:metrics-core:4.2.33
// also: org.xerial.snappy:snappy-java:1.1.10.8
final class ZooKeeper {
  public static void main(String[] args) {
    Run.main(args, ZooKeeper::serve, ZooKeeper::talk);
  }

  private static int serve() throws Exception {
    ZooKeeperServer server =
        new ZooKeeperServer(
            Files.createTempDirectory("compat-zk").toFile(),
            Files.createTempDirectory("compat-zk").toFile(),
            2000);
    NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
    factory.configure(new InetSocketAddress("127.0.0.1", 0), 10);
    factory.startup(server);
    return factory.getLocalPort();
  }

  private static void talk(int port) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    org.apache.zookeeper.ZooKeeper client =
        new org.apache.zookeeper.ZooKeeper(
            "127.0.0.1:" + port,
            10_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    if (!connected.await(8, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not connected");
    }
    for (int i = 0; i < 5; i++) {
      String made =
          client.create(
              "/n", ("data" + i).getBytes(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
      Run.say(made + " " + new String(client.getData(made, false, null)));
    }
    client.close();
  }
}
