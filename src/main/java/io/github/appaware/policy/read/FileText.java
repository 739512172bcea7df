package io.github.appaware.policy.read;

import io.github.appaware.policy.model.MalformedValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** Reads the content of a policy file. */
public final class FileText {
  /** Enough for a hundred thousand rules, not for a disk image named by mistake. */
  private static final int MAX_BYTES = 16 << 20;

  /** What is wrong with a file that is not there. */
  static final String MISSING = "no such file";

  private static final Set<String> KERNEL_FILES =
      Set.of(
          "proc",
          "sysfs",
          "tracefs",
          "debugfs",
          "configfs",
          "securityfs",
          "selinuxfs",
          "pstore",
          "bpf",
          "cgroup",
          "cgroup2",
          "efivarfs",
          "binfmt_misc",
          "fusectl",
          "mqueue");

  private FileText() {}

  public static String read(Path file) throws MalformedValue {
    return decode(bytes(file, MAX_BYTES));
  }

  /**
   * The bytes of a file.
   *
   * @param most the largest size allowed
   */
  static byte[] bytes(Path file, int most) throws MalformedValue {
    if (Files.isDirectory(file)) {
      throw new MalformedValue("is a directory", "");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new MalformedValue("not a regular file", "write the policy to a file, not to a pipe");
    }
    if (isKernelFile(file)) {
      throw new MalformedValue(
          "a file of the kernel, which may have no end", "write the policy to a file on a disk");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new MalformedValue("larger than " + (most >> 20) + " MiB", "");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      boolean pipe = file.startsWith("/dev/fd") || file.startsWith("/proc/self/fd");
      throw new MalformedValue(
          MISSING,
          pipe
              ? "the decision server is another process: write the policy to a file"
              : "relative names start from the working directory");
    } catch (AccessDeniedException e) {
      throw new MalformedValue("permission denied", "");
    } catch (IOException e) {
      throw new MalformedValue("can't be read: " + e.getMessage(), "");
    }
  }

  /**
   * They claim to be regular and empty, and reading some of them waits for what happens next. The
   * kinds of file systems are those of Linux.
   */
  private static boolean isKernelFile(Path file) {
    try {
      return Files.exists(file)
          && Files.size(file) == 0
          && KERNEL_FILES.contains(Files.getFileStore(file).type());
    } catch (IOException | RuntimeException e) {
      return false; // opening it tells what is wrong
    }
  }

  /** Strict: a replacement character would change the meaning of a pattern. */
  private static String decode(byte[] bytes) throws MalformedValue {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new MalformedValue(
          "not UTF-8", "the first bad byte is byte " + (in.position() + 1) + " of the file");
    }
    return out.flip().toString();
  }
}
