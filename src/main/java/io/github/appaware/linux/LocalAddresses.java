package io.github.appaware.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The addresses of a network namespace's own interfaces: a connection to one of them stays on the
 * machine. From {@code net/fib_trie} (the kernel's {@code net/ipv4/fib_trie.c}) and {@code
 * net/if_inet6} (proc_net_if_inet6(5)).
 */
final class LocalAddresses {
  /** Of a table; a router's has many lines. */
  private static final long MOST_BYTES = 16L << 20;

  private static final String LEAF = "|-- ";
  private static final String OWN = "/32 host LOCAL";
  private static final int HEX_DIGITS = 32;

  private LocalAddresses() {}

  /**
   * Those of a process's network namespace; empty where they can't be read.
   *
   * @param net the directory {@code net} of the process
   */
  static Set<InetAddress> of(Path net) {
    Set<InetAddress> found = new HashSet<>();
    String[] leaf = new String[1];
    eachLine(
        net.resolve("fib_trie"),
        line -> {
          int at = line.indexOf(LEAF);
          if (at >= 0) {
            leaf[0] = line.substring(at + LEAF.length()).trim();
          } else if (leaf[0] != null && line.trim().equals(OWN)) {
            found.add(parse(leaf[0]));
          }
        });
    eachLine(
        net.resolve("if_inet6"),
        line -> {
          if (line.length() > HEX_DIGITS) {
            byte[] bytes = HexFormat.of().parseHex(line, 0, HEX_DIGITS);
            found.add(InetAddress.getByAddress(bytes));
          }
        });
    return found;
  }

  private static InetAddress parse(String dotted) throws UnknownHostException {
    String[] parts = dotted.split("\\.", -1);
    byte[] bytes = new byte[4];
    if (parts.length != bytes.length) {
      throw new UnknownHostException(dotted);
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return InetAddress.getByAddress(bytes);
  }

  /** What is done with a line. */
  private interface LineReader {
    void read(String line) throws IOException;
  }

  /** Lines of another form are skipped. */
  private static void eachLine(Path table, LineReader reader) {
    try (InputStream in = Files.newInputStream(table);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      long bytes = 0;
      for (String line = lines.readLine();
          line != null && bytes < MOST_BYTES;
          line = lines.readLine()) {
        bytes += line.length();
        try {
          reader.read(line);
        } catch (UnknownHostException | IllegalArgumentException e) {
          // The next line may be one.
        }
      }
    } catch (IOException e) {
      return; // no such table
    }
  }
}
