package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Does what appaware does not protect from, as its input says, line by line, and prints a line for
 * each.
 */
public final class Limits {
  private Limits() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(attempt(line.split("\t", -1)));
    }
  }

  private static String attempt(String[] words) {
    try {
      return go(words);
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String go(String[] words) throws Exception {
    switch (words[0]) {
      case "connect" -> new Socket(words[1], Integer.parseInt(words[2])).close();
      case "write" -> {
        Path unused = Files.writeString(Path.of(words[1]), words[2].replace(';', '\n'));
      }
      case "memory" -> {
        return "written: " + writeMemory();
      }
      case "pose" -> pose(Path.of(words[1]), words[2]);
      case "proxy" -> {
        String request = "CONNECT " + words[2] + ":443 HTTP/1.1\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(words[1]))) {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
      }
      case "load" ->
          Class.forName(words[1])
              .getMethod("main", String[].class)
              .invoke(null, (Object) Arrays.copyOfRange(words, 2, words.length));
      case "start" -> {
        return start(Arrays.copyOfRange(words, 1, words.length));
      }
      case "exchange" -> {
        Path used = Path.of(words[3]);
        Files.copy(Path.of(words[1]), used, StandardCopyOption.REPLACE_EXISTING);
        Path next = used.resolveSibling("next.jar");
        Files.copy(Path.of(words[2]), next, StandardCopyOption.REPLACE_EXISTING);
        Process process = begin(Arrays.copyOfRange(words, 4, words.length));
        Files.move(next, used, StandardCopyOption.ATOMIC_MOVE);
        return end(process);
      }
      case "overtake" -> {
        return overtake(Path.of(words[1]), Arrays.copyOfRange(words, 2, words.length));
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "done";
  }

  private static String start(String[] words) throws IOException, InterruptedException {
    return end(begin(words));
  }

  private static Process begin(String[] words) throws IOException {
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  private static String end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "ended " + process.waitFor() + ": " + said.strip().replace("\n", " | ");
  }

  /**
   * Reads from the child's command line which class it will load first, and puts one of that name
   * on its class path, which is a directory. The class file there is named {@code template} and has
   * zeros where the random part of the name belongs.
   */
  private static String overtake(Path classes, String[] words) throws Exception {
    String template = Files.readString(classes.resolve("template"), StandardCharsets.ISO_8859_1);
    Thread thread =
        new Thread(
            () -> {
              try {
                String id = null;
                while (id == null) {
                  id =
                      ProcessHandle.current()
                          .children()
                          .map(Limits::id)
                          .filter(Objects::nonNull)
                          .findAny()
                          .orElse(null);
                }
                Path file = classes.resolve("appaware" + id + ".class");
                Files.writeString(
                    file, template.replace("0".repeat(32), id), StandardCharsets.ISO_8859_1);
              } catch (IOException e) {
                System.err.println(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return start(words);
  }

  private static String id(ProcessHandle child) {
    try {
      String command = Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"));
      int jar = command.indexOf(".jar");
      String id = jar < 32 ? "" : command.substring(jar - 32, jar);
      return id.matches("[0-9a-f]{32}") ? id : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Finds a buffer of its own in the memory that the kernel shows, and changes it there. */
  private static boolean writeMemory() throws IOException {
    byte[] pattern = new byte[32];
    new Random(7).nextBytes(pattern);
    ByteBuffer buffer = ByteBuffer.allocateDirect(pattern.length);
    buffer.put(0, pattern);
    try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "rw")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        String[] words = line.split("[- ]+", -1);
        long from = Long.parseUnsignedLong(words[0], 16);
        long length = Long.parseUnsignedLong(words[1], 16) - from;
        // The C library's memory; the heap of Java is larger.
        if (words[2].startsWith("rw") && length < 64 << 20 && from > 0) {
          byte[] bytes = new byte[(int) length];
          memory.seek(from);
          int read = memory.read(bytes);
          for (int at = 0; at <= read - pattern.length; at += 8) {
            if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
              memory.seek(from + at);
              memory.write(~pattern[0]);
            }
          }
        }
      }
    }
    return buffer.get(0) == (byte) ~pattern[0];
  }

  /** Has code that says it came from that jar connect. */
  private static void pose(Path jar, String port) throws Exception {
    byte[] bytes;
    try (var in = Limits.class.getResourceAsStream("Limits$Poser.class")) {
      bytes = in.readAllBytes();
    }
    URL claimed = jar.toUri().toURL();
    Class<?> poser =
        new SecureClassLoader(null) {
          Class<?> define() {
            CodeSource source = new CodeSource(claimed, (CodeSigner[]) null);
            return defineClass(Limits.class.getName() + "$Poser", bytes, 0, bytes.length, source);
          }
        }.define();
    Object unused = poser.getMethod("connect", int.class).invoke(null, Integer.parseInt(port));
  }

  /** Loaded by a loader that lies about it. */
  public static final class Poser {
    private Poser() {}

    public static void connect(int port) throws IOException {
      new Socket("127.0.0.1", port).close();
    }
  }

  /** A system class loader, which is made before any agent starts. */
  public static final class Loader extends ClassLoader {
    public Loader(ClassLoader parent) throws IOException {
      super(parent);
      new Socket("127.0.0.1", Integer.getInteger("witness")).close();
    }
  }
}
