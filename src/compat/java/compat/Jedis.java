package compat;

import redis.clients.jedis.Pipeline;

// name: Jedis
// maven: redis.clients:jedis:6.2.0
// also: org.slf4j:slf4j-nop:2.0.17
// needs: redis
final class Jedis {
  public static void main(String[] args) {
    Run.main(args, null, Jedis::talk);
  }

  private static void talk(int port) {
    try (redis.clients.jedis.Jedis redis = new redis.clients.jedis.Jedis("127.0.0.1", port)) {
      redis.flushAll();
      Run.say(redis.set("name", "appaware") + " " + redis.get("name"));
      Pipeline pipeline = redis.pipelined();
      for (int i = 0; i < 1000; i++) {
        pipeline.incrBy("sum", i);
      }
      pipeline.sync();
      Run.say(redis.get("sum"));
    }
  }
}
