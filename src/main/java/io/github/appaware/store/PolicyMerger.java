package io.github.appaware.store;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.SourceFile;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges files, what operators stored, and answers into one policy. When that has a problem,
 * answers still count, on top of what operators last stored without one.
 */
final class PolicyMerger {
  private final List<Path> files;
  private List<StoreEntry> good = List.of();
  private Map<String, StoreEntry> seen;
  private List<SourceFile> sources = List.of();
  private Policy inForce;
  private Policy next;
  private String reported = "";

  PolicyMerger(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** The policy that was returned last. */
  synchronized Policy inForce() {
    return inForce;
  }

  /** The policy of the contents if it is the first or another one, else empty. */
  synchronized Optional<Policy> merge(StoreContents contents) throws PolicyException {
    if (next != null) {
      return take(next);
    }
    if (contents.parts() == seen && sources.stream().noneMatch(SourceFile::isChanged)) {
      return Optional.empty();
    }
    seen = contents.parts();
    seen.values().forEach(StoreEntry::ids); // so that the next answer is not delayed
    List<StoreEntry> stored = contents.of(StoreEntry.Kind.POLICY);
    List<StoreEntry> answers = contents.of(StoreEntry.Kind.ANSWER);
    try {
      Policy policy = read(stored, answers, contents.of(StoreEntry.Kind.UNKNOWN));
      good = stored;
      sources = policy.sources();
      reported = "";
      return take(policy);
    } catch (PolicyException e) {
      sources = e.sources();
      boolean known = e.getMessage().equals(reported);
      reported = e.getMessage();
      next = inForce == null ? null : withAnswers(answers);
      if (known) {
        return next == null ? Optional.empty() : take(next);
      }
      throw e;
    }
  }

  private Optional<Policy> take(Policy policy) {
    next = null;
    inForce = policy;
    return Optional.of(policy);
  }

  /** Null if the answers are the same as before, or conflict. */
  private Policy withAnswers(List<StoreEntry> answers) {
    try {
      Policy policy = read(good, answers, List.of());
      return policy.rules().equals(inForce.rules()) && policy.apps().equals(inForce.apps())
          ? null
          : policy;
    } catch (PolicyException e) {
      return null;
    }
  }

  private Policy read(List<StoreEntry> stored, List<StoreEntry> answers, List<StoreEntry> strays)
      throws PolicyException {
    List<StoreEntry> all = new ArrayList<>(stored);
    all.addAll(answers);
    all.addAll(strays);
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (StoreEntry part : all) {
      if (part.problem() == null) {
        texts.put(part.name(), part.text());
      } else {
        problems.add(part.problem());
      }
    }
    return PolicyReader.read(files, texts, problems);
  }
}
