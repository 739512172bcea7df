package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Protocol;
import io.github.appaware.link.Sockets;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** The same at remote servers, where no launcher is in between. */
final class RemoteGreeting extends Greeting {
  private final Message.Join join;
  private final List<ServerAddress> servers;
  private final Sockets sockets;

  RemoteGreeting(Message.Join join, List<ServerAddress> servers, Sockets sockets) {
    super("");
    this.join = join;
    this.servers = servers;
    this.sockets = sockets;
  }

  @Override
  ByteBuffer frame() throws IOException {
    return FrameChannel.frame(join);
  }

  /** Only to the servers themselves, should other code ever come to run on the thread. */
  @Override
  boolean isWay(int operation, Object[] arguments) {
    if (operation == Operation.RESOLVE || operation == Operation.RESOLVED) {
      return isHost((String) arguments[0]);
    }
    return operation == Operation.CONNECT
        && EventReader.protocol(arguments[2]) == Protocol.TCP
        && isConnecting(arguments[0], (Integer) arguments[1]);
  }

  private boolean isHost(String host) {
    for (ServerAddress server : servers) {
      if (server.host().equalsIgnoreCase(host)) {
        return true;
      }
    }
    return false;
  }

  private boolean isConnecting(Object address, int port) {
    InetSocketAddress to = sockets.connecting();
    return to != null && to.getPort() == port && to.getAddress().equals(address);
  }
}
