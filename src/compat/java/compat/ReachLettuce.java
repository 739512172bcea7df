package compat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;

// table: Lettuce
// maven: io.lettuce:lettuce-core:6.8.1.RELEASE
// also: io.netty:netty-resolver-dns:4.1.125.Final
// also: org.slf4j:slf4j-nop:2.0.17
final class ReachLettuce {
  public static void main(String[] args) {
    Reach.main(args, ReachLettuce::go);
  }

  private static void go(String host, int port) {
    RedisClient client = RedisClient.create(RedisURI.create(host, port));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      Reach.expect(connection.sync().get("key") == null, "another");
    }
  }
}
