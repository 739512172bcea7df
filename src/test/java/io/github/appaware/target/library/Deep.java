package io.github.appaware.target.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A library whose callers are far away, or nowhere. */
public final class Deep implements Runnable {
  private final int times;
  private final int port;

  /** Connects so often, from threads without a frame of the application. */
  public Deep(int times, int port) {
    this.times = times;
    this.port = port;
  }

  @Override
  public void run() {
    for (int i = 0; i < times; i++) {
      connect(2, port);
    }
  }

  /** Connects so many frames below its caller. */
  public static void connect(int depth, int port) {
    if (depth > 1) {
      connect(depth - 1, port);
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (ConnectException e) {
      // Nothing listens there, so that no port is kept waiting.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
