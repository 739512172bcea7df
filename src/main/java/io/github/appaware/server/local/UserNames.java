package io.github.appaware.server.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The names of users, as far as {@code passwd(5)} has them. */
final class UserNames {
  private static final Path USERS = Path.of("/etc/passwd");

  /** A line is {@code name:password:number:...}. */
  private static final int NUMBER = 2;

  private UserNames() {}

  /** The name, or the number where there is none. */
  static String of(long uid) {
    String number = Long.toString(uid);
    try {
      for (String line : Files.readAllLines(USERS, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", -1);
        if (fields.length > NUMBER && fields[NUMBER].equals(number)) {
          return fields[0];
        }
      }
    } catch (IOException e) {
      return number; // a machine without such a file
    }
    return number;
  }
}
