package io.github.appaware.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What changes with a file: the file itself, its size, when it was written, and when anything about
 * it was changed, a time that no program can set. Where the system does not tell the last, it is
 * the second to last.
 *
 * @param key tells a file from every other one that exists at the time
 */
public record Stamp(Object key, long size, FileTime written, FileTime changed) {
  /** Of a file; symbolic links are followed. */
  public static Stamp of(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> all =
          Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
      return new Stamp(
          all.get("dev") + ":" + all.get("ino"),
          (Long) all.get("size"),
          (FileTime) all.get("lastModifiedTime"),
          (FileTime) all.get("ctime"));
    }
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    FileTime written = basic.lastModifiedTime();
    return new Stamp(String.valueOf(basic.fileKey()), basic.size(), written, written);
  }

  /** By hand: a record's own would load the library of method handles at each start, for 8 ms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Stamp stamp
        && key.equals(stamp.key)
        && size == stamp.size
        && written.equals(stamp.written)
        && changed.equals(stamp.changed);
  }

  @Override
  public int hashCode() {
    return key.hashCode() + 31 * changed.hashCode();
  }

  /** Whether it is the same file, whatever happened to it. */
  boolean isSameFile(Stamp other) {
    return key.equals(other.key);
  }
}
