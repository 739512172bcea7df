package io.github.appaware.testkit;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy on the loopback address for SOCKS 4 and 5, CONNECT and requests in absolute form, which
 * plays the servers behind it as well, with and without TLS. It notes every target that it was
 * asked for, and all that it was sent on the way.
 */
public final class ProxyServer implements Closeable {
  private static final String USER = "user";
  private static final String PASSWORD = "secret";
  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket server;
  private final boolean authenticates;
  private final SSLContext tls;
  private final List<String> asked = new ArrayList<>();
  private volatile String body = "ok";
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Listens at once.
   *
   * @param authenticates whether it wants the user's name and password
   * @param tls of the servers behind it
   */
  public ProxyServer(boolean authenticates, SSLContext tls) throws IOException {
    this.authenticates = authenticates;
    this.tls = tls;
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread accepting = new Thread(this::accept, "proxy");
    accepting.setDaemon(true);
    accepting.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What the servers behind it answer every request with. */
  public void answer(String text) {
    body = text;
  }

  /**
   * What clients asked for, in order: {@code socks5 a.example:80}, {@code GET http://a.example/}.
   */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void note(String what) {
    asked.add(what);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Thread serving = new Thread(() -> serve(client), "proxy of a client");
        serving.setDaemon(true);
        serving.start();
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      int first = in.read();
      switch (first) {
        case -1 -> {}
        case 4 -> socks4(client, in, out);
        case 5 -> socks5(client, in, out);
        default -> http(client, first, in, out);
      }
    } catch (IOException e) {
      // the client has what it wants
    } finally {
      open.remove(client);
    }
  }

  /** The protocol's own description, by Ying-Da Lee, and 4A, which adds names. */
  private void socks4(Socket client, DataInputStream in, OutputStream out) throws IOException {
    int command = in.readUnsignedByte();
    int port = in.readUnsignedShort();
    byte[] address = new byte[4];
    in.readFully(address);
    String unused = terminated(in); // the user
    boolean isName = address[0] == 0 && address[1] == 0 && address[2] == 0;
    String host = isName ? terminated(in) : InetAddress.getByAddress(address).getHostAddress();
    note("socks4 " + host + ":" + port);
    if (command != 1) {
      throw new IOException("command " + command);
    }
    out.write(new byte[] {0, 90, 0, 0, 0, 0, 0, 0});
    tunnel(client, in, out);
  }

  private static String terminated(DataInputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != 0; next = in.readUnsignedByte()) {
      text.append((char) next);
    }
    return text.toString();
  }

  /** RFC 1928 and 1929. */
  private void socks5(Socket client, DataInputStream in, OutputStream out) throws IOException {
    byte[] methods = new byte[in.readUnsignedByte()];
    in.readFully(methods);
    out.write(new byte[] {5, (byte) (authenticates ? 2 : 0)});
    if (authenticates) {
      boolean known = in.readUnsignedByte() == 1 && text(in).equals(USER);
      known = text(in).equals(PASSWORD) && known;
      out.write(new byte[] {1, (byte) (known ? 0 : 1)});
      if (!known) {
        return;
      }
    }
    byte[] request = new byte[4];
    in.readFully(request);
    String host =
        switch (request[3]) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> text(in);
          case 4 -> "[" + InetAddress.getByAddress(in.readNBytes(16)).getHostAddress() + "]";
          default -> throw new IOException("type of address " + request[3]);
        };
    note("socks5 " + host + ":" + in.readUnsignedShort());
    out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    tunnel(client, in, out);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
  }

  private void http(Socket client, int first, InputStream in, OutputStream out) throws IOException {
    String head = (char) first + head(in);
    while (!head.isEmpty()) {
      String line = head.lines().findFirst().orElse("");
      note(line.substring(0, line.lastIndexOf(' ')));
      if (authenticates && !isAuthenticated(head)) {
        answer(out, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"");
      } else if (line.startsWith("CONNECT ")) {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        tunnel(client, in, out);
        return;
      } else if (line.contains("/redirect-to-")) {
        String host = line.substring(line.indexOf("/redirect-to-") + 13, line.lastIndexOf(' '));
        answer(out, "302 Found", "Location: http://" + host + "/");
      } else {
        answer(out, "200 OK", "X: y");
      }
      head = head(in);
    }
  }

  private static boolean isAuthenticated(String head) {
    String token =
        Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1));
    return head.lines()
        .anyMatch(
            line ->
                line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:")
                    && line.endsWith(token));
  }

  /** What is behind the tunnel: an HTTP server. */
  private void tunnel(Socket client, InputStream in, OutputStream out) throws IOException {
    int first = in.read();
    if (first == TLS_HANDSHAKE) {
      InputStream read = new ByteArrayInputStream(new byte[] {TLS_HANDSHAKE});
      try (SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(client, read, false)) {
        secure.setUseClientMode(false);
        answerAll("", secure.getInputStream(), secure.getOutputStream());
      }
    } else if (first >= 0) {
      answerAll("" + (char) first, in, out);
    }
  }

  private void answerAll(String begun, InputStream in, OutputStream out) throws IOException {
    for (String head = begun + head(in); !head.isEmpty(); head = head(in)) {
      answer(out, "200 OK", "X: y");
    }
  }

  private void answer(OutputStream out, String status, String header) throws IOException {
    String text =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + header
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Up to the empty line; empty at the end of the stream. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 && head.length() == 0) {
        return "";
      }
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
