package io.github.appaware.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.appaware.linux.ProcFs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ports that take a right to bind (ip(7), {@code ip_unprivileged_port_start}). The guard may have
 * it where the process that asks does not: it must not lend it.
 */
final class LowPorts {
  private static final Path START = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
  private static final int USUAL = 1024;
  private static final int MOST_BYTES = 64;
  private static final int CAP_NET_BIND_SERVICE = 10;

  private final ProcFs proc;
  private final long self = ProcessHandle.current().pid();
  private final int start = start();

  LowPorts(ProcFs proc) {
    this.proc = proc;
  }

  private static int start() {
    // At once: the kernel gives the rest of such a file to no second read.
    try (InputStream in = Files.newInputStream(START)) {
      return Integer.parseInt(new String(in.readNBytes(MOST_BYTES), US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    }
  }

  /** Whether a thread has the right itself, or needs none, or the kernel refuses it to us, too. */
  boolean mayBind(long thread, int port) {
    if (port == 0 || port >= start) {
      return true;
    }
    boolean isRefused = !proc.credentials(self).isEmpty() && !has(self);
    return isRefused || (has(thread) && proc.haveSameUsers(thread, self));
  }

  private boolean has(long thread) {
    return ((proc.capabilities(thread) >> CAP_NET_BIND_SERVICE) & 1) != 0;
  }
}
