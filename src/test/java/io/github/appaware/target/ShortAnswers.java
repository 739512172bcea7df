package io.github.appaware.target;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A server that clients of HTTP/1.1, gRPC (HTTP/2 without TLS) and Redis take for theirs, told by
 * the first byte that they send: it has a POM for who asks for one, knows no gRPC service, and no
 * key.
 */
final class ShortAnswers {
  /** What Maven accepts as the parent of a project. */
  private static final String POM =
      "<project><modelVersion>4.0.0</modelVersion><groupId>reach</groupId>"
          + "<artifactId>parent</artifactId><version>1</version><packaging>pom</packaging>"
          + "</project>";

  /** How HTTP/2 begins, RFC 9113, section 3.4. */
  private static final int PREFACE = 24;

  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int ACK = 1;
  private static final int END_OF_STREAM_AND_HEADERS = 5;

  private ShortAnswers() {}

  /** Accepts until the socket is closed. */
  static void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket peer = server.accept();
        Thread thread = new Thread(() -> serve(peer));
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket peer) {
    try (peer;
        DataInputStream in = new DataInputStream(peer.getInputStream());
        DataOutputStream out = new DataOutputStream(peer.getOutputStream())) {
      int first = in.read();
      if (first == '*') {
        redis(in, out);
      } else if (first == 'P') {
        http2OrPost(in, out);
      } else if (first > 0) {
        http(line(in), in, out);
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void http(String request, DataInputStream in, DataOutputStream out)
      throws IOException {
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      // A header.
    }
    boolean checksum = request.contains(".sha") || request.contains(".md5");
    String body = request.contains(".pom") ? POM : "hello";
    String head =
        (checksum ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n";
    out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void http2OrPost(DataInputStream in, DataOutputStream out) throws IOException {
    String line = line(in);
    if (!line.startsWith("RI ")) {
      http(line, in, out);
      return;
    }
    in.skipNBytes(PREFACE - 1 - "RI * HTTP/2.0\r\n".length());
    frame(out, SETTINGS, 0, 0, new byte[0]);
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] body = in.readNBytes(length);
      if ((type == SETTINGS || type == PING) && flags == 0) {
        frame(out, type, ACK, 0, type == PING ? body : new byte[0]);
      } else if (type == HEADERS) {
        frame(out, HEADERS, END_OF_STREAM_AND_HEADERS, stream, unimplemented());
      }
    }
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] body)
      throws IOException {
    out.writeByte(0);
    out.writeShort(body.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(body);
    out.flush();
  }

  /** Status 200, and gRPC's 12, as literals of HPACK (RFC 7541). */
  private static byte[] unimplemented() {
    StringBuilder text = new StringBuilder("\u0088");
    literal(text, "content-type", "application/grpc");
    literal(text, "grpc-status", "12");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void literal(StringBuilder text, String name, String value) {
    text.append('\0').append((char) name.length()).append(name);
    text.append((char) value.length()).append(value);
  }

  private static void redis(DataInputStream in, DataOutputStream out) throws IOException {
    String count = line(in);
    while (true) {
      String command = "";
      for (int i = 0; i < Integer.parseInt(count); i++) {
        int length = Integer.parseInt(line(in).substring(1));
        String word = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        in.skipNBytes(2);
        command = i == 0 ? word.toUpperCase(Locale.ROOT) : command;
      }
      out.writeBytes(
          switch (command) {
            case "HELLO" -> "-ERR unknown command\r\n"; // of Redis 6
            case "GET" -> "$-1\r\n";
            default -> "+OK\r\n";
          });
      out.flush();
      count = line(in).substring(1);
    }
  }
}
