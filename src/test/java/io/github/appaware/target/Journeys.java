package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Connects on several threads to allowed endpoints and to as many denied ones, to each only once,
 * so that no cached verdict helps. Prints its progress, and when the decision server went away and
 * came back; at the end, all outcomes.
 */
public final class Journeys {
  private static final int THREADS = 4;
  private static final int TELL_EVERY = 250;

  /** A denied attempt is repeated after longer and longer pauses. */
  private static final long LONGEST_REST_MILLIS = 500;

  private final int first;
  private final int last;
  private final int port;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int next;
  private int gate;
  private int over;
  private boolean away;

  private Journeys(String[] arguments) {
    first = Integer.parseInt(arguments[0]);
    last = first + Integer.parseInt(arguments[1]);
    port = Integer.parseInt(arguments[2]);
    next = first;
    gate = first;
  }

  /**
   * Arguments: the number of the first, how many, and the port. Each line of input is the number of
   * endpoints that it may try by now.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Journeys journeys = new Journeys(arguments);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(journeys::goOn));
      threads.get(i).start();
    }
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      journeys.open(Integer.parseInt(line));
    }
    for (Thread each : threads) {
      each.join();
    }
    System.out.println("over " + journeys.outcomes);
  }

  private synchronized void open(int count) {
    gate = first + count;
    notifyAll();
  }

  /** Negative when there are no more. */
  private synchronized int take() throws InterruptedException {
    while (next >= gate && next < last) {
      wait();
    }
    return next < last ? next++ : -1;
  }

  private synchronized boolean isAway() {
    return away;
  }

  private void goOn() {
    try {
      long rest = 10;
      for (int number = take(); number >= 0; number = take()) {
        boolean before = isAway();
        String outcome = go(number);
        boolean unreachable = outcome.endsWith(" unreachable");
        tell(outcome, unreachable, before);
        if (unreachable) {
          TimeUnit.MILLISECONDS.sleep(rest);
          rest = Math.min(2 * rest, LONGEST_REST_MILLIS);
        } else {
          rest = 10;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String go(int number) {
    boolean good = number % 2 == 0;
    byte[] address = {10, (byte) (good ? 71 : 72), (byte) (number >> 8), (byte) number};
    String kind = good ? "good" : "bad";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(address), port));
      return kind + " connected";
    } catch (IOException e) {
      String text = String.valueOf(e.getMessage());
      if (text.endsWith(" denied: server unreachable")) {
        return kind + " unreachable";
      } else if (text.contains(" denied by rule \"bad\" ")) {
        return kind + " denied";
      }
      return kind + " " + e;
    }
  }

  /** What was decided although it began while the server was away was decided by its return. */
  private synchronized void tell(String outcome, boolean unreachable, boolean before) {
    outcomes.merge(outcome, 1, Integer::sum);
    over++;
    if (over % TELL_EVERY == 0) {
      System.out.println("done " + over);
    }
    if (unreachable && !away) {
      away = true;
      System.out.println("away " + over);
    } else if (!unreachable && before && away) {
      away = false;
      System.out.println("back " + over);
    }
  }
}
