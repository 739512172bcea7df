package io.github.appaware.agent;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an agent says first to the server of its run, and how it gets there. */
class Greeting {
  private final String token;

  /** Presents the secret of the run. */
  Greeting(String token) {
    this.token = token;
  }

  /** The frame; on the thread that connects. */
  ByteBuffer frame() throws IOException {
    return FrameChannel.frame(new Message.Hello(Message.VERSION, token, pid()));
  }

  /** Whether what the connecting thread does leads to the server. */
  boolean isWay(int operation, Object[] arguments) {
    return true;
  }

  /** {@code ProcessHandle} would cost the start-up of its thread pool. */
  private static long pid() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.isSymbolicLink(self)
        ? Long.parseLong(Files.readSymbolicLink(self).toString())
        : ProcessHandle.current().pid();
  }
}
