package io.github.appaware.target;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says that it is an agent of the run, with the run's token, from a JVM that has none: as a
 * program, or as a class in the agent's place.
 */
public final class FalseAgent {
  private FalseAgent() {}

  /** In the place of the agent's. */
  public static void premain(String options) throws IOException {
    greet(Path.of(System.getenv("RUN_DIRECTORY")));
  }

  /** Argument: the run's directory. Says what came of it, and waits for a line. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(greet(Path.of(arguments[0])));
    int unused = System.in.read();
  }

  private static Message greet(Path run) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(run.resolve("s")));
    FrameChannel channel = new FrameChannel(socket);
    channel.write(new Message.Hello(Message.VERSION, token(run), ProcessHandle.current().pid()));
    return channel.read();
  }

  /** In the jar that all JVMs of the run can be started with. */
  private static String token(Path run) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(run, "*.jar")) {
      String text = new String(Files.readAllBytes(jars.iterator().next()), StandardCharsets.UTF_8);
      String options = text.substring(text.indexOf("appaware agent options"));
      return options.split("\n", -1)[2];
    }
  }
}
