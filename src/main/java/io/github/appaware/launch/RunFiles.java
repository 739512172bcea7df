package io.github.appaware.launch;

import io.github.appaware.hook.WeavingException;
import io.github.appaware.hook.WovenStore;
import io.github.appaware.identity.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every agent of the run loads: appaware's jars, the run's premain jar and the cache of woven
 * classes, which the target can write where they belong to its user. They are remembered before it
 * starts; what is another file by then, or was written since, is not taken for ours.
 *
 * <p>A bundle that an agent of the run made, as its JDK was a new one, is woven once more and
 * compared.
 */
final class RunFiles {
  /** Agents that start at the same time may put the same bundle there one after the other. */
  private static final int MOST_LOOKS = 100;

  private final Map<Path, Stamp> known = new HashMap<>();

  /** What the launcher has woven itself, to compare with. */
  private final Map<Path, byte[]> woven = new HashMap<>();

  private final Installation installation;
  private final WovenStore store;

  /** The JDK that the launcher wove, and what came of it; null when it wove none. */
  private final Path home;

  private final Path bundle;

  /** Those that every agent loads something of. */
  private final List<Path> own;

  private RunFiles(Installation installation, Path home, Path bundle, Path premain) {
    this.installation = installation;
    this.own = List.of(installation.tool(), installation.agent(), premain);
    this.store = new WovenStore(installation.store(), installation.tool());
    this.home = home;
    this.bundle = bundle;
  }

  /**
   * As they are now.
   *
   * @param home the JDK that the launcher has woven, or null
   * @param bundle what came of it
   * @param premain the run's premain jar, with which shells and other programs start JVMs
   */
  static RunFiles of(Installation installation, Path home, Path bundle, Path premain)
      throws IOException {
    RunFiles files = new RunFiles(installation, home, bundle, premain);
    for (Path each : files.own) {
      files.known.put(each, Stamp.of(each));
    }
    if (home != null) {
      files.known.put(bundle, Stamp.of(bundle));
    }
    for (Path each : files.store.files()) {
      Stamp stamp = stamp(each);
      if (stamp != null) { // another run's, being renamed
        files.known.put(each, stamp);
      }
    }
    return files;
  }

  /** The first of appaware's jars, and the target's bundle, that is not what it was. */
  synchronized Optional<Path> changed() {
    for (Path each : own) {
      if (isChanged(each)) {
        return Optional.of(each);
      }
    }
    return home != null && isChanged(bundle) ? Optional.of(bundle) : Optional.empty();
  }

  /** What an agent in a JVM of this JDK may have loaded that is not ours. */
  synchronized Optional<Path> foreign(Path jdk) {
    Optional<Path> changed = changed();
    if (changed.isPresent()) {
      return changed;
    }
    try {
      if (home != null && home.toRealPath().equals(jdk.toRealPath())) {
        return Optional.empty(); // that bundle was among those looked at
      }
      Path file = store.file(jdk);
      boolean fine = isChanged(file) ? isOurs(file, jdk) : true;
      return fine ? Optional.empty() : Optional.of(file);
    } catch (IOException | WeavingException e) {
      return Optional.of(installation.store());
    }
  }

  private boolean isOurs(Path file, Path jdk) throws IOException, WeavingException {
    byte[] ours = woven.get(file);
    if (ours == null) {
      ours = WovenStore.weave(jdk);
      woven.put(file, ours);
    }
    for (int i = 0; i < MOST_LOOKS; i++) {
      Stamp stamp = stamp(file);
      if (stamp == null) {
        // Where none can be stored, each agent weaves for itself.
        return !Files.isWritable(installation.store());
      }
      if (!Arrays.equals(Files.readAllBytes(file), ours)) {
        return false;
      }
      if (stamp.equals(stamp(file))) {
        known.put(file, stamp);
        return true;
      }
    }
    return false;
  }

  private boolean isChanged(Path file) {
    Stamp now = stamp(file);
    return now == null || !now.equals(known.get(file));
  }

  /** Null when it is gone. */
  private static Stamp stamp(Path file) {
    try {
      return Stamp.of(file);
    } catch (IOException e) {
      return null;
    }
  }
}
