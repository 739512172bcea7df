package io.github.appaware.hook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions that a program or library of Linux imports and exports: the undefined and the
 * defined names in its table of dynamic symbols (System V ABI, chapter 4, for 64 bits).
 *
 * @param imports what it needs of others
 * @param exports what others can call
 */
record ElfSymbols(Set<String> imports, Set<String> exports) {
  private static final int MAGIC = 0x464c457f;
  private static final int DYNAMIC_SYMBOLS = 11;
  private static final int SYMBOL = 24;

  /** Empty for a file of another format. */
  static ElfSymbols of(Path file) throws IOException {
    ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    ElfSymbols symbols = new ElfSymbols(new TreeSet<>(), new TreeSet<>());
    if (elf.capacity() < 64 || elf.getInt(0) != MAGIC || elf.get(4) != 2) {
      return symbols;
    }
    long sections = elf.getLong(0x28);
    int size = elf.getShort(0x3a);
    int count = elf.getShort(0x3c);
    for (int i = 0; i < count; i++) {
      int section = (int) sections + i * size;
      if (elf.getInt(section + 4) == DYNAMIC_SYMBOLS) {
        int names = (int) sections + elf.getInt(section + 0x28) * size;
        symbols.add(elf, section, (int) elf.getLong(names + 0x18));
      }
    }
    return symbols;
  }

  private void add(ByteBuffer elf, int section, int names) {
    int from = (int) elf.getLong(section + 0x18);
    int end = from + (int) elf.getLong(section + 0x20);
    for (int symbol = from; symbol < end; symbol += SYMBOL) {
      boolean undefined = elf.getShort(symbol + 6) == 0;
      (undefined ? imports : exports).add(text(elf, names + elf.getInt(symbol)));
    }
  }

  private static String text(ByteBuffer elf, int at) {
    int end = at;
    while (elf.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end - at];
    elf.get(at, name);
    return new String(name, StandardCharsets.US_ASCII);
  }
}
