package io.github.appaware.server;

import io.github.appaware.event.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The domains that the system's resolver may append to a name for a process of this machine: those
 * of {@code search} and {@code domain} in its {@code /etc/resolv.conf}, of its variable {@code
 * LOCALDOMAIN}, and of the host's own name; see resolv.conf(5). Read through {@code /proc}, so as
 * the process sees it. Safe for all threads.
 */
final class SearchDomains {
  /** For how long an answer is good. */
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_PROCESSES = 1_000;
  private static final int MOST_DOMAINS = 32;
  private static final int MOST_BYTES = 1 << 20;
  private static final String VARIABLE = "LOCALDOMAIN=";

  private final Path proc;
  private final Map<Long, Found> known = new ConcurrentHashMap<>();

  /** What was found, and when. */
  private record Found(List<String> domains, long at) {}

  SearchDomains(Path proc) {
    this.proc = proc;
  }

  /** In normal form; empty where there is no {@code /proc}. */
  List<String> of(long pid) {
    long now = System.nanoTime();
    Found found = known.get(pid);
    if (found == null || now - found.at > FRESH) {
      if (known.size() >= MOST_PROCESSES) {
        known.clear();
      }
      found = new Found(read(proc.resolve(String.valueOf(pid))), now);
      known.put(pid, found);
    }
    return found.domains;
  }

  private List<String> read(Path process) {
    Set<String> domains = new LinkedHashSet<>();
    Path own = process.resolve("root/etc/resolv.conf");
    String text = text(Files.isReadable(own) ? own : Path.of("/etc/resolv.conf"));
    for (String line : text.split("\n", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals("search") || words[0].equals("domain")) {
        add(domains, words, 1);
      }
    }
    for (String variable : text(process.resolve("environ")).split("\0", -1)) {
      if (variable.startsWith(VARIABLE)) {
        add(domains, variable.substring(VARIABLE.length()).strip().split("\\s+", -1), 0);
      }
    }
    String host = text(proc.resolve("sys/kernel/hostname")).strip();
    int dot = host.indexOf('.');
    if (dot >= 0) {
      add(domains, new String[] {host.substring(dot + 1)}, 0);
    }
    return new ArrayList<>(domains);
  }

  private static void add(Set<String> domains, String[] words, int from) {
    for (int i = from; i < words.length && domains.size() < MOST_DOMAINS; i++) {
      String domain = HostName.normal(words[i]);
      if (!domain.isEmpty()) {
        domains.add(domain);
      }
    }
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
