package io.github.appaware.hook.advice;

import io.github.appaware.bridge.InboundBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import net.bytebuddy.asm.Advice;

/**
 * {@code DatagramChannelImpl.receiveIntoNativeBuffer(buffer, rem, pos, connected)}. A connected
 * socket's peer was checked on connect; what a name server answers is looked at. A thread that also
 * holds the write lock is in {@code connect} and discards earlier datagrams.
 */
public final class ReceiveAdvice {
  private ReceiveAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @Advice.Argument(0) ByteBuffer into,
      @Advice.Argument(2) int position,
      @Advice.Argument(3) boolean connected,
      @Advice.FieldValue("sourceSockAddr") Object source,
      @Advice.FieldValue("cachedSockAddr") Object known,
      @Advice.FieldValue("cachedInetSocketAddress") InetSocketAddress decoded,
      @Advice.FieldValue("localAddress") InetSocketAddress local,
      @Advice.FieldValue("remoteAddress") InetSocketAddress remote,
      @Advice.This Object channel,
      @Advice.FieldValue("writeLock") ReentrantLock writing,
      @Advice.Return(readOnly = false) int n)
      throws IOException {
    if (connected) {
      InboundBridge.answered(n, into, position, remote, channel);
    } else if (!writing.isHeldByCurrentThread()) {
      n = InboundBridge.received(n, into, position, source, known, decoded, local, channel);
    }
  }
}
