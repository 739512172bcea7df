package io.github.appaware.target;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpMultiChannel;
import com.sun.nio.sctp.SctpServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/** Each way of SCTP, and prints what came of it. */
public final class Sctp {
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private Sctp() {}

  /** Argument: a port that nothing listens on. */
  public static void main(String[] arguments) {
    InetSocketAddress far =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    attempt(
        "connect",
        () -> {
          try (SctpChannel channel = SctpChannel.open()) {
            return channel.connect(far);
          }
        });
    attempt(
        "bind",
        () -> {
          try (SctpServerChannel server = SctpServerChannel.open()) {
            return server.bind(LOCAL) != null;
          }
        });
    attempt(
        "send",
        () -> {
          try (SctpMultiChannel channel = SctpMultiChannel.open()) {
            MessageInfo message = MessageInfo.createOutgoing(far, 0);
            return channel.send(ByteBuffer.allocate(1), message);
          }
        });
  }

  private static void attempt(String name, Callable<?> attempt) {
    try {
      System.out.println(name + ": " + attempt.call());
    } catch (UnsupportedOperationException | LinkageError e) {
      boolean verifies = e instanceof VerifyError;
      System.out.println(name + ": " + (verifies ? e.toString() : "unsupported"));
    } catch (Exception e) {
      System.out.println(name + ": " + e);
    }
  }
}
