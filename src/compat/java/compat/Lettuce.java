package compat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;

// name: Lettuce
// maven: io.lettuce:lettuce-core:6.8.1.RELEASE
// also: org.slf4j:slf4j-nop:2.0.17
// needs: redis
final class Lettuce {
  public static void main(String[] args) {
    Run.main(args, null, Lettuce::talk);
  }

  private static void talk(int port) throws Exception {
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().flushall();
      List<RedisFuture<Long>> sums = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        sums.add(connection.async().incrby("sum", i));
      }
      Run.say(sums.get(sums.size() - 1).get() + " " + connection.sync().get("sum"));
    }
    client.shutdown();
  }
}
