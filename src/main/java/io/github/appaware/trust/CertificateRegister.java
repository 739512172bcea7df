package io.github.appaware.trust;

import io.github.appaware.tls.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was issued and revoked: an append-only file with a line for each act, on disk before it
 * takes effect. A certificate that is not in it is not valid, so that a copy of the authority's key
 * does not suffice to get in.
 *
 * <p>A line is {@code TIME enrolled NAME ROLE SERIAL EXPIRY}, which invalidates earlier
 * certificates of the name, {@code TIME renewed NAME ROLE SERIAL EXPIRY}, which does not, or {@code
 * TIME revoked NAME}. Lines of earlier versions have no expiry.
 */
final class CertificateRegister {
  private static final String ENROLLED = "enrolled";
  private static final String RENEWED = "renewed";
  private static final String REVOKED = "revoked";

  /**
   * What holds, by name.
   *
   * @param clients as an administrator sees them, in the order of their first enrolment
   * @param serials of the valid certificates
   */
  record Entries(Map<String, EnrolledClient> clients, Map<String, Set<String>> serials) {
    /** A name is taken from its first enrolment on, also when that was revoked. */
    boolean knows(String name) {
      return clients.containsKey(name);
    }

    boolean isValid(PeerIdentity peer) {
      return knows(peer.name())
          && clients.get(peer.name()).role() == peer.role()
          && serials.getOrDefault(peer.name(), Set.of()).contains(peer.serial());
    }

    boolean isRevoked(String name) {
      return knows(name) && clients.get(name).revoked();
    }
  }

  private final Path file;

  CertificateRegister(Path file) {
    this.file = file;
  }

  /** What holds now; a last line that is cut off never took effect. */
  Entries read() throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Entries state = new Entries(new LinkedHashMap<>(), new HashMap<>());
    int number = 0;
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      number++;
      if (!apply(text.substring(from, end).split(" ", -1), state)) {
        throw new IOException("`" + file + "` can't be read: line " + number + " is not valid");
      }
      from = end + 1;
    }
    return state;
  }

  private static boolean apply(String[] words, Entries state) {
    Instant time = words.length < 3 ? null : time(words[0]);
    if (time == null || !EnrolledName.isGood(words[2])) {
      return false;
    }
    String name = words[2];
    EnrolledClient before = state.clients.get(name);
    if (words[1].equals(REVOKED) && words.length == 3 && before != null) {
      state.serials.remove(name);
      state.clients.put(name, before.asRevoked());
      return true;
    }
    if ((words.length != 5 && words.length != 6) || Role.of(words[3]).isEmpty()) {
      return false;
    }
    Instant expiry = words.length == 6 ? time(words[5]) : null;
    if (words.length == 6 && expiry == null) {
      return false;
    }
    Instant enrolled = time;
    if (words[1].equals(ENROLLED)) {
      state.serials.put(name, new HashSet<>());
    } else if (words[1].equals(RENEWED) && state.serials.containsKey(name)) {
      enrolled = before.enrolled();
    } else {
      return false;
    }
    state.clients.put(
        name,
        new EnrolledClient(
            name, Role.of(words[3]).get(), enrolled, Optional.ofNullable(expiry), false));
    state.serials.get(name).add(words[4]);
    return true;
  }

  /** Null if it is none. */
  private static Instant time(String word) {
    try {
      Instant time = Instant.parse(word);
      return time.isAfter(Instant.EPOCH) ? time : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  void enrolled(DirectoryLock lock, Instant now, PeerIdentity peer) throws IOException {
    append(lock, now + " " + ENROLLED + " " + words(peer));
  }

  void renewed(DirectoryLock lock, Instant now, PeerIdentity peer) throws IOException {
    append(lock, now + " " + RENEWED + " " + words(peer));
  }

  void revoked(DirectoryLock lock, Instant now, String name) throws IOException {
    append(lock, now + " " + REVOKED + " " + name);
  }

  private static String words(PeerIdentity peer) {
    return peer.name() + " " + peer.role().label() + " " + peer.serial() + " " + peer.notAfter();
  }

  private void append(DirectoryLock lock, String line) throws IOException {
    lock.requireHeld();
    byte[] old = Files.readAllBytes(file);
    int end = old.length;
    while (end > 0 && old[end - 1] != '\n') {
      end--;
    }
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(end).position(end);
      SecretFile.write(out, line + "\n");
    }
  }
}
