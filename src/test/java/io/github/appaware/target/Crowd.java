package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many threads that go to many places, as the lines of its input say; each line's outcome is one
 * line of output, when it is over, after its first word.
 */
public final class Crowd {
  private final String[] words;
  private final Map<String, Integer> outcomes = new TreeMap<>();

  private Crowd(String[] words) {
    this.words = words;
  }

  /** Every line is a thread of its own. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Crowd crowd = new Crowd(line.split(" "));
      new Thread(crowd::run, crowd.words[0]).start();
    }
  }

  private int number(int at) {
    return Integer.parseInt(words[at]);
  }

  private void run() {
    try {
      System.out.println(words[0] + " " + outcome());
    } catch (IOException | InterruptedException e) {
      System.out.println(words[0] + " " + e);
    }
  }

  private String outcome() throws IOException, InterruptedException {
    return switch (words[1]) {
      // connect HOST PORT
      case "connect" -> connect(words[2], number(3));
      // timed HOST PORT: when it goes on, by the machine's clock
      case "timed" -> connect(words[2], number(3)) + " " + System.nanoTime();
      // same THREADS HOST PORT: all of them to one place
      case "same" -> together(number(2), i -> connect(words[3], number(4)));
      // each THREADS PORT: each to a host of its own, host-0.crowd.example and so on
      case "each" -> together(number(2), i -> connect("host-" + i + ".crowd.example", number(3)));
      // children COUNT HOST PORT: each a JVM of its own, to one place
      case "children" -> children(number(2), words[3], words[4]);
      // hold FILE: it takes that long to end
      case "hold" -> hold(Path.of(words[2]));
      // print TEXT: on the terminal
      case "print" -> terminal(words[2] + "\r\n");
      // read: a line from the terminal
      case "read" -> read();
      // full: takes the terminal over, as an editor does
      case "full" -> full("stty raw -echo") + terminal("\u001b[?1049h\u001b[H\u001b[2Jfull screen");
      case "plain" -> terminal("\u001b[?1049l") + full("stty sane");
      // flood THREADS EACH: each to that many places of its own
      case "flood" -> flood(number(2), number(3));
      // rate PORT MILLISECONDS: datagrams that are decided already
      case "rate" -> rate(number(2), number(3));
      default -> throw new IOException("no such step: " + words[1]);
    };
  }

  private static String connect(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      return "connected " + socket.getPort();
    } catch (IOException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private String children(int count, String host, String port) throws InterruptedException {
    return together(
        count,
        i -> {
          try {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process child =
                new ProcessBuilder(
                        java.toString(),
                        "-Djdk.net.hosts.file=hosts",
                        "-jar",
                        System.getProperty("java.class.path"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = child.getOutputStream()) {
              in.write(
                  ("child connect " + host + " " + port + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip();
          } catch (IOException e) {
            return e.toString();
          }
        });
  }

  private static String hold(Path file) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  while (!Files.exists(file)) {
                    LockSupport.parkNanos(10_000_000);
                  }
                }));
    return "registered";
  }

  private static String terminal(String text) throws IOException {
    try (OutputStream out = new FileOutputStream("/dev/tty")) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return "";
  }

  private static String full(String stty) throws IOException, InterruptedException {
    String line = stty + " </dev/tty";
    return "status " + new ProcessBuilder("/bin/sh", "-c", line).start().waitFor();
  }

  private static String read() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream("/dev/tty"), StandardCharsets.UTF_8))) {
      return in.readLine();
    }
  }

  private interface Work {
    String run(int number);
  }

  private String together(int threads, Work work) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(threads);
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int number = i;
      all[i] =
          new Thread(
              null,
              () -> {
                ready.countDown();
                try {
                  ready.await();
                } catch (InterruptedException e) {
                  return;
                }
                note(work.run(number));
              },
              "crowd-" + i,
              128 * 1024);
      all[i].start();
    }
    for (Thread each : all) {
      each.join();
    }
    return outcomes.toString();
  }

  private synchronized void note(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** 127.x.y.z is one machine, this one: more places than ports. */
  private String flood(int threads, int each) throws InterruptedException {
    AtomicInteger denied = new AtomicInteger();
    long start = System.nanoTime();
    String unused =
        together(
            threads,
            thread -> {
              for (int i = 0; i < each; i++) {
                int number = thread * each + i;
                String host =
                    "127."
                        + (1 + (number >> 16))
                        + "."
                        + (number >> 8 & 0xff)
                        + "."
                        + (number & 0xff);
                denied.addAndGet(connect(host, 9).contains("appaware") ? 1 : 0);
              }
              return "";
            });
    long millis = (System.nanoTime() - start) / 1_000_000;
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    return "denied " + denied + " in " + millis + " ms, heap " + heap / 1024;
  }

  private static String rate(int port, int millis) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress here = InetAddress.getByName("127.0.0.1");
      DatagramPacket packet = new DatagramPacket(new byte[1], 1, here, port);
      socket.send(packet);
      long end = System.nanoTime() + millis * 1_000_000L;
      long count = 0;
      while (System.nanoTime() - end < 0) {
        for (int i = 0; i < 100; i++) {
          socket.send(packet);
        }
        count += 100;
      }
      return String.valueOf(count * 1000 / millis);
    }
  }
}
