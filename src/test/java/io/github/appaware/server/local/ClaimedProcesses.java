package io.github.appaware.server.local;

import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Believes its clients, so that one process can play many. */
public final class ClaimedProcesses implements ClientProcesses {
  @Override
  public Optional<String> weakness() {
    return Optional.empty();
  }

  @Override
  public long agent(SocketChannel channel, long claimed) {
    return claimed;
  }

  @Override
  public String console(SocketChannel channel, String claimed) {
    return claimed;
  }
}
