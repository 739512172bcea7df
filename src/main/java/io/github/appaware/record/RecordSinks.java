package io.github.appaware.record;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens what {@code --log} names: a file, standard output, or a syslog server.
 *
 * <p>Nothing may happen unrecorded, so after one failure of a sink everything is denied. A sink is
 * not opened again, as what the other end has kept is unknown. Syslog over UDP may lose lines
 * unnoticed.
 */
public final class RecordSinks {
  /**
   * How long another program may take for a line. Meanwhile agents wait for their verdicts;
   * afterwards everything is denied.
   */
  static final long PATIENCE_MILLIS = 5_000;

  private static final String TCP = "syslog+tcp";
  private static final String UDP = "syslog+udp";

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMGkmg]?)");
  private static final long SMALLEST = 4096;

  private RecordSinks() {}

  /**
   * When a file is rotated.
   *
   * @param longest the most bytes of a file, or 0 for no limit
   * @param keep how many older files to keep
   */
  public record Rotation(long longest, int keep) {
    /** No rotation. */
    public static final Rotation NONE = new Rotation(0, 0);

    /**
     * Reads a size such as {@code 100M}.
     *
     * @throws IOException when size or number is invalid; says why
     */
    public static Rotation parse(String size, int keep) throws IOException {
      Matcher parts = SIZE.matcher(size);
      if (!parts.matches()) {
        throw new IOException("invalid size `" + size + "`: expected e.g. 100M, 512K, 1G");
      }
      int shift =
          switch (parts.group(2)) {
            case "K", "k" -> 10;
            case "M", "m" -> 20;
            case "G", "g" -> 30;
            default -> 0;
          };
      long longest = Long.parseLong(parts.group(1)) << shift;
      if (longest < SMALLEST) {
        throw new IOException("invalid size `" + size + "`: expected 4K or more");
      }
      if (keep < 1) {
        throw new IOException("invalid value `" + keep + "` for --log-keep: expected 1 or more");
      }
      return new Rotation(longest, keep);
    }
  }

  /** Whether the target is a file: neither standard output nor an address. */
  public static boolean isFile(String target) {
    return !target.equals("-")
        && !target.startsWith("syslog:")
        && !SCHEME.matcher(target).matches();
  }

  /**
   * Opens a sink.
   *
   * @param target a file; {@code -}; {@code syslog+tcp://HOST:PORT} or {@code
   *     syslog+udp://HOST:PORT}
   * @param rotation of files alone
   * @param out standard output
   * @param machine this machine's own name
   * @throws IOException when it can't be opened; says why
   */
  public static RecordSink open(
      String target, Rotation rotation, PrintStream out, String machine, Clock clock)
      throws IOException {
    boolean file = isFile(target);
    if (!file && rotation.longest() > 0) {
      throw new IOException("can't rotate the record `" + target + "`: not a file");
    }
    if (target.equals("-")) {
      return new StreamSink(out, PATIENCE_MILLIS);
    }
    if (target.startsWith("syslog:")) {
      throw new IOException(
          "can't send the record to /dev/log: it takes datagrams, which Java can't send to a"
              + " Unix-domain socket; have the syslog server listen on loopback and use"
              + " syslog+udp://127.0.0.1:514 or syslog+tcp://127.0.0.1:601");
    }
    if (file) {
      Path path = Path.of(target);
      return rotation.longest() > 0
          ? RotatingSink.open(path, rotation.longest(), rotation.keep())
          : FileSink.open(path);
    }
    String scheme = target.substring(0, target.indexOf("://"));
    InetSocketAddress server = server(target, scheme);
    try {
      return scheme.equals(TCP)
          ? SyslogSink.tcp(target, server, machine, clock, PATIENCE_MILLIS)
          : SyslogSink.udp(target, server, machine, clock);
    } catch (ConnectException e) {
      throw new IOException("can't reach the record `" + target + "`: connection refused", e);
    } catch (IOException e) {
      throw new IOException("can't reach the record `" + target + "`: " + e.getMessage(), e);
    }
  }

  private static InetSocketAddress server(String target, String scheme) throws IOException {
    if (!scheme.equals(TCP) && !scheme.equals(UDP)) {
      throw new IOException(
          "invalid record `"
              + target
              + "`: expected a file, -, "
              + TCP
              + "://HOST:PORT or "
              + UDP
              + "://HOST:PORT");
    }
    URI uri;
    try {
      uri = new URI(target);
    } catch (URISyntaxException e) {
      throw new IOException(
          "invalid address `" + target + "`: expected " + scheme + "://HOST:PORT", e);
    }
    boolean bare =
        uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    int port = uri.getPort();
    if (uri.getHost() == null || !bare || port < 1 || port > 65_535) {
      throw new IOException(
          "invalid address `" + target + "`: expected " + scheme + "://HOST:PORT");
    }
    String host = uri.getHost();
    boolean literal = host.startsWith("[");
    InetSocketAddress server =
        new InetSocketAddress(literal ? host.substring(1, host.length() - 1) : host, port);
    if (server.isUnresolved()) {
      throw new IOException("can't reach the record `" + target + "`: unknown host");
    }
    return server;
  }
}
