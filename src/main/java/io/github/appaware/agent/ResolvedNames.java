package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.HostName;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that this process resolved, according to the JDK's own resolver or a name server of the
 * system. An address object that the resolver handed out has the name that was asked for; for any
 * other object there are the names known for its address. Host rules match these, never the label
 * of an {@link InetAddress}.
 *
 * <p>What a library says that it resolved is kept apart, for each of its objects, and proves
 * nothing by itself.
 *
 * <p>Safe for all threads.
 */
final class ResolvedNames {
  /**
   * Addresses remembered; the oldest is forgotten first. An address without names matches no host
   * rule.
   */
  private static final int MOST = 16_384;

  /** Names remembered for one address; content delivery networks put thousands on one. */
  private static final int MOST_EACH = 16;

  private final ConcurrentHashMap<Address, List<String>> names = new ConcurrentHashMap<>();
  private final AskedNames asked = new AskedNames();

  /** Null until a library says something: most programs have none that does. */
  private volatile AskedNames said;

  /** Denials remembered, for messages only. */
  private static final int MOST_DENIED = 256;

  private final ConcurrentHashMap<String, String> denied = new ConcurrentHashMap<>();
  private final ArrayDeque<Address> oldestFirst = new ArrayDeque<>();

  /** Records the resolver's answer for a name. */
  void resolved(String host, InetAddress[] found) {
    String name = HostName.normal(host);
    if (name.isEmpty()) {
      return;
    }
    for (InetAddress one : found) {
      if (one != null) {
        Address address = Address.of(one.getAddress());
        asked.put(one, name, address);
        remember(address, name);
      }
    }
  }

  private void remember(Address address, String name) {
    List<String> known = names.get(address);
    if (known == null || !known.get(0).equals(name)) {
      put(address, name);
    }
  }

  private synchronized void put(Address address, String name) {
    List<String> known = names.get(address);
    List<String> next = new ArrayList<>();
    next.add(name);
    if (known != null) {
      for (String other : known) {
        if (!other.equals(name) && next.size() < MOST_EACH) {
          next.add(other);
        }
      }
    }
    if (names.put(address, List.copyOf(next)) == null) {
      oldestFirst.add(address);
      if (oldestFirst.size() > MOST) {
        names.remove(oldestFirst.remove());
      }
    }
  }

  /** Records what a name server of the system answered. */
  void proven(String name, Address address) {
    remember(address, name);
  }

  /** Records the name, in normal form, that a library gives an object without a name. */
  synchronized void said(String name, InetAddress object) {
    if (said == null) {
      said = new AskedNames();
    }
    Address address = Address.of(object.getAddress());
    if (!name.equals(said.of(object, address))) {
      said.put(object, name, address);
    }
  }

  /** The name that a library gave this very object, true or not; null if there is none. */
  String saidOf(InetAddress object, Address address) {
    AskedNames all = said;
    return all == null || object == null ? null : all.of(object, address);
  }

  /** What a library said of the object is true: it has that name as if the resolver gave it. */
  void confirm(String name, InetAddress object, Address address) {
    asked.put(object, name, address);
  }

  /** Whether this process resolved the name to the address. */
  boolean isProven(String name, Address address) {
    return of(address).contains(name);
  }

  /** Whether the resolver handed out each of these objects. */
  boolean haveNames(InetAddress[] objects) {
    for (InetAddress each : objects) {
      if (each == null || askedFor(each, Address.of(each.getAddress())) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * The name under which the resolver handed out this very object; null if it did not, or if that
   * was another address then.
   */
  String askedFor(InetAddress object, Address address) {
    return object == null ? null : asked.of(object, address);
  }

  /** The names of the address, most recent first; empty if there are none. */
  List<String> of(Address address) {
    List<String> known = names.get(address);
    return known == null ? List.of() : known;
  }

  /** Records the verdict on looking up a name: null, or the denial's message. */
  void decided(String host, String denial) {
    if (denial == null) {
      if (!denied.isEmpty()) {
        denied.remove(host);
      }
    } else {
      if (denied.size() >= MOST_DENIED) {
        denied.clear();
      }
      denied.put(host, denial);
    }
  }

  /** The denial's message if the last look-up of the name was denied, else null. */
  String denial(String host) {
    return denied.get(host);
  }
}
