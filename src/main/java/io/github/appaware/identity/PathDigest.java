package io.github.appaware.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over class paths and module paths. Equal digests mean equal content in equal order; the
 * location of the entries does not matter, so the same files installed elsewhere are the same
 * application.
 *
 * <p>The input of the digest; numbers are 4 bytes in network order:
 *
 * <pre>
 * path      = number of entries, entry*
 * entry     = content | directory | 'M'                missing, which Java permits
 * directory = 'D', number of files, (number of bytes of the name, name, content)*
 * content   = 'F', SHA-256 of the file's bytes (32)
 *           | 'U'                                      can't be read
 *           | 'O'                                      not a file: a pipe, a device,
 *                                                      a symbolic link in a circle or to nowhere
 * </pre>
 *
 * <p>The name is relative to the directory, in UTF-8, with {@code /} between its parts; files are
 * in the order of {@link String#compareTo}. Symbolic links are followed; empty directories don't
 * count.
 */
final class PathDigest {
  private final MessageDigest digest = Hashes.begin();

  private final ReadBudget budget;

  private PathDigest(ReadBudget budget) {
    this.budget = budget;
  }

  /**
   * The digest of these entries.
   *
   * @throws UnhashableException if the budget does not allow it
   */
  static byte[] of(List<Path> path, ReadBudget budget) throws IOException {
    PathDigest result = new PathDigest(budget);
    result.addNumber(path.size());
    for (Path entry : path) {
      result.addEntry(entry);
    }
    return result.digest.digest();
  }

  private void addEntry(Path entry) throws IOException {
    budget.countFile("");
    if (Files.isDirectory(entry)) {
      addDirectory(entry);
    } else if (Files.exists(entry)) {
      addContent(entry);
    } else {
      digest.update((byte) 'M');
    }
  }

  private void addDirectory(Path directory) throws IOException {
    Map<String, Path> files = list(directory);
    digest.update((byte) 'D');
    addNumber(files.size());
    for (Map.Entry<String, Path> file : files.entrySet()) {
      byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
      addNumber(name.length);
      digest.update(name);
      addContent(file.getValue());
    }
  }

  private Map<String, Path> list(Path directory) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        directory,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            budget.countFile("");
            budget.requireStored(each);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return add(file);
          }

          /** A cycle, or a directory that can't be listed, is digested as such. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            return add(file);
          }

          private FileVisitResult add(Path file) throws IOException {
            String name = directory.relativize(file).toString();
            budget.countFile(name);
            files.put(name.replace(file.getFileSystem().getSeparator(), "/"), file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private void addContent(Path file) throws UnhashableException {
    if (!Files.isRegularFile(file)) {
      // A directory gets here if it could not be listed, or is a cycle.
      boolean unreadable = Files.isDirectory(file) && !Files.isReadable(file);
      digest.update((byte) (unreadable ? 'U' : 'O'));
      return;
    }
    try {
      byte[] content = Hashes.digest(file, budget);
      digest.update((byte) 'F');
      digest.update(content);
    } catch (UnhashableException e) {
      throw e; // not a property of the file: the path has no digest
    } catch (IOException e) {
      digest.update((byte) 'U');
    }
  }

  private void addNumber(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
