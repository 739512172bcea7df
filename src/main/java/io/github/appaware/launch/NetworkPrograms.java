package io.github.appaware.launch;

import java.util.Set;

/** Programs whose purpose is the network: that one of them ran is enough. */
final class NetworkPrograms {
  /** As the kernel cuts their names: to 15 characters. */
  private static final Set<String> NAMES =
      Set.of(
          "curl",
          "wget",
          "wget2",
          "aria2c",
          "axel",
          "lynx",
          "w3m",
          "nc",
          "nc.openbsd",
          "nc.traditional",
          "ncat",
          "netcat",
          "socat",
          "telnet",
          "ftp",
          "lftp",
          "tftp",
          "sftp",
          "scp",
          "ssh",
          "dig",
          "host",
          "nslookup",
          "drill",
          "whois",
          "ping",
          "traceroute",
          "tracepath",
          "nmap",
          "git-remote-http",
          "git-remote-ftp");

  private NetworkPrograms() {}

  /** Whether a process of this name is one of them. */
  static boolean isOne(String name) {
    return NAMES.contains(name);
  }
}
