package io.github.appaware.server;

import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.AppHashes;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.RuleRemoval;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.SourceFile;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Policies in files. Each call of {@link #changed} checks the files: notifications miss what
 * editors and network file systems do.
 */
public final class FileStore implements PolicyStore {
  private final List<Path> files;
  private final Path answersFile;
  private final Answers answers;
  private List<SourceFile> seen = List.of();
  private long revision;

  /**
   * A store of these files.
   *
   * @param files as the user named them
   * @param answers where answers go, also part of the policy; need not exist yet. Null for the
   *     first of the files; without any, answers are refused
   */
  public FileStore(List<Path> files, Path answers) {
    this.files = List.copyOf(files);
    Path first = files.isEmpty() ? null : files.get(0);
    this.answersFile = answers == null ? first : answers;
    this.answers = answersFile == null ? null : new Answers(answersFile, files);
  }

  /** Initializes what reads policies, before there is one to read. */
  public static void prepare() {
    try {
      Policy unused = PolicyReader.parse("", "version = 1\n[[rule]]\naction = \"deny\"\n");
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized Policy load() throws PolicyException {
    List<SourceFile> own =
        answersFile == null ? List.of() : List.of(SourceFile.of(answersFile)); // before it is read
    try {
      Policy policy = PolicyReader.read(existing());
      see(policy.sources(), own);
      return policy;
    } catch (PolicyException e) {
      see(e.sources(), own);
      throw e;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      see(seen.stream().map(file -> SourceFile.of(file.path())).toList(), own);
      throw e;
    }
  }

  private List<Path> existing() {
    List<Path> all = new ArrayList<>(files);
    if (answersFile != null && !files.contains(answersFile) && Files.exists(answersFile)) {
      all.add(answersFile);
    }
    return all;
  }

  private void see(List<SourceFile> sources, List<SourceFile> own) {
    List<SourceFile> all = new ArrayList<>(sources);
    all.addAll(own);
    seen = List.copyOf(all);
    revision++;
  }

  @Override
  public synchronized Optional<Policy> changed() throws PolicyException {
    return seen.stream().anyMatch(SourceFile::isChanged) ? Optional.of(load()) : Optional.empty();
  }

  @Override
  public void watch(Runnable look, Consumer<String> notices) {
    // Callers of changed() see changes in time, and files can't be lost.
  }

  @Override
  public List<Answers.Saved> append(List<Answers.Addition> additions) throws EditException {
    return file().appendAll(additions);
  }

  @Override
  public void withdraw(Answers.Saved saved) throws EditException {
    List<String> unused = RuleRemoval.remove(saved.file(), saved.id());
  }

  @Override
  public List<String> preview(List<Answers.Addition> additions) throws EditException {
    return file().preview(additions);
  }

  @Override
  public String addHash(String id, String sha256) throws EditException {
    String file;
    try {
      file =
          PolicyReader.read(existing()).apps().stream()
              .filter(app -> app.id().equals(id))
              .map(AppRule::file)
              .findFirst()
              .orElseThrow(() -> new EditException("no application \"" + id + "\"", ""));
    } catch (PolicyException e) {
      throw new EditException(e.getMessage(), "");
    }
    return file + ":" + AppHashes.add(Path.of(file), id, sha256);
  }

  @Override
  public String answers() {
    return answersFile == null ? "" : answersFile.toString();
  }

  private Answers file() throws EditException {
    if (answers == null) {
      throw new EditException("there is no file for answers", "name one with --answers");
    }
    return answers;
  }

  @Override
  public synchronized long revision() {
    return revision;
  }

  @Override
  public String place() {
    return "on disk";
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }
}
