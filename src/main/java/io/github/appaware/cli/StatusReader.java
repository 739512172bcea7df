package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.appaware.metrics.StatusSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a running server says of itself on its {@link StatusSocket}. */
final class StatusReader {
  /** Bytes; a thousand clients and a thousand runs take a quarter. */
  private static final int MOST = 4 * 1024 * 1024;

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<Map<String, String>> clients = new ArrayList<>();
  private final List<Map<String, String>> runs = new ArrayList<>();

  private StatusReader() {}

  /**
   * Asks the servers with a directory: several may share one.
   *
   * @return those that run
   * @throws IOException when one of them does not answer, or is of another version
   */
  static List<StatusReader> askAll(Path home) throws IOException {
    List<StatusReader> servers = new ArrayList<>();
    for (Path socket : StatusSocket.in(home)) {
      try {
        servers.add(ask(socket));
      } catch (ConnectException e) {
        // It was killed; the next server deletes the socket.
      }
    }
    return servers;
  }

  private static StatusReader ask(Path socket) throws IOException {
    StatusReader server = new StatusReader();
    try (JsonParser in = new JsonFactory().createParser(read(socket))) {
      server.read(in);
    }
    return server;
  }

  private static String read(Path socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      while (channel.read(buffer) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
        buffer.clear();
        if (all.size() > MOST) {
          throw new IOException("more than " + MOST + " bytes");
        }
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private void read(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not a status");
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() != JsonToken.START_ARRAY) {
        fields.put(name, in.getText());
        in.skipChildren();
        continue;
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
          addresses.add(in.getText());
        } else {
          (name.equals("clients") ? clients : runs).add(object(in));
        }
      }
    }
  }

  private static Map<String, String> object(JsonParser in) throws IOException {
    Map<String, String> object = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      object.put(name, in.getText());
      in.skipChildren();
    }
    return object;
  }

  /** A field by its name, or empty. */
  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  List<String> addresses() {
    return addresses;
  }

  /** With the fields name, role, host, connections. */
  List<Map<String, String>> clients() {
    return clients;
  }

  /** With the fields run, machine, application, agents. */
  List<Map<String, String>> runs() {
    return runs;
  }
}
