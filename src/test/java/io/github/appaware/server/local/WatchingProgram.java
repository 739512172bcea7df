package io.github.appaware.server.local;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** What a program of a run can do: read the console's key, and connect as a console. */
public final class WatchingProgram {
  private WatchingProgram() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    try (FrameChannel channel =
        new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s"))))) {
      String key = ConsoleKey.read(directory.resolve("console"));
      channel.write(new QuestionMessage.Watch(Message.VERSION, key, "the user"));
      System.out.println(channel.read());
    }
  }
}
