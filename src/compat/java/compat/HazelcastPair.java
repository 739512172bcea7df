package compat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.logging.LogManager;

// name: Hazelcast, two members
// maven: com.hazelcast:hazelcast:5.5.0
// client: no
final class HazelcastPair {
  public static void main(String[] args) {
    // Hazelcast warns that it would be faster with more packages of the JDK opened to it.
    LogManager.getLogManager().reset();
    Run.main(args, () -> 0, HazelcastPair::talk);
  }

  private static void talk(int port) {
    HazelcastInstance a = Hazelcast.newHazelcastInstance(config());
    HazelcastInstance b = Hazelcast.newHazelcastInstance(config());
    a.getMap("map").put("key", "value");
    Run.say(b.getCluster().getMembers().size() + " " + b.getMap("map").get("key"));
    Hazelcast.shutdownAll();
  }

  private static Config config() {
    Config config = new Config();
    config.setClusterName("compat");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().setPort(47701).setPortAutoIncrement(true);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
    return config;
  }
}
