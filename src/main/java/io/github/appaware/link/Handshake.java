package io.github.appaware.link;

import io.github.appaware.event.Text;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A client's first message and the server's answer to it. */
final class Handshake {
  private Handshake() {}

  /**
   * Greets a server.
   *
   * @param hello the frame of the first message
   * @return the epoch of the server's policy
   * @throws IOException that says in words why the server does not accept the client
   */
  static int with(FrameChannel channel, ByteBuffer hello, Servers servers, int server)
      throws IOException {
    Message answer;
    try {
      channel.write(hello);
      answer = channel.read();
    } catch (IOException e) {
      if (servers.isRefusal(e)) {
        throw new RefusedException(servers.explain(server, e));
      }
      throw new IOException(servers.explain(server, e), e);
    }
    if (answer instanceof Message.Welcome welcome) {
      return welcome.epoch();
    }
    if (answer instanceof Message.Refused refused) {
      throw refusal(servers.name(server), refused);
    }
    throw new IOException(servers.name(server) + " does not answer as a decision server");
  }

  static IOException refusal(String server, Message.Refused refused) {
    return new RefusedException(server + " refuses this process: " + Text.printable(refused.why()));
  }
}
