package io.github.appaware.agent;

import io.github.appaware.event.Address;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The name under which each address object was resolved: by the identity of the object, as objects
 * of different names are equal when their addresses are, and a label can be made up. Objects are
 * held weakly.
 *
 * <p>Reading takes no lock and allocates nothing: it happens before each connect.
 */
final class AskedNames {
  /** A power of two. */
  private static final int BUCKETS = 512;

  /** Objects at one time; those beyond it have no name of their own. */
  static final int MOST = 16_384;

  /** Never changed once it is in the table: a reader may be anywhere in a chain. */
  private static final class Entry extends WeakReference<InetAddress> {
    final int bucket;
    final String name;

    /** What the object was then: it can be made another one. */
    final Address address;

    final Entry next;

    Entry(
        InetAddress object,
        ReferenceQueue<InetAddress> gone,
        String name,
        Address address,
        Entry next) {
      super(object, gone);
      this.bucket = bucket(object);
      this.name = name;
      this.address = address;
      this.next = next;
    }
  }

  private final AtomicReferenceArray<Entry> table = new AtomicReferenceArray<>(BUCKETS);
  private final ReferenceQueue<InetAddress> gone = new ReferenceQueue<>();
  private int count;

  private static int bucket(InetAddress object) {
    int hash = System.identityHashCode(object);
    return (hash ^ hash >>> 16) & (BUCKETS - 1);
  }

  /** The name of this very object, which is this address now; or null. */
  String of(InetAddress object, Address address) {
    for (Entry each = table.get(bucket(object)); each != null; each = each.next) {
      if (each.refersTo(object)) {
        return each.address.equals(address) ? each.name : null;
      }
    }
    return null;
  }

  /** Records the name of an object that the resolver hands out; the last name counts. */
  synchronized void put(InetAddress object, String name, Address address) {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      remove((Entry) each);
    }
    int bucket = bucket(object);
    Entry first = table.get(bucket);
    for (Entry each = first; each != null; each = each.next) {
      if (each.refersTo(object)) {
        first = without(first, each);
        count--;
        break;
      }
    }
    if (count < MOST) {
      table.set(bucket, new Entry(object, gone, name, address, first));
      count++;
    } else {
      table.set(bucket, first);
    }
  }

  private void remove(Entry entry) {
    Entry first = table.get(entry.bucket);
    for (Entry each = first; each != null; each = each.next) {
      if (each == entry) {
        table.set(entry.bucket, without(first, entry));
        count--;
        return;
      }
    }
  }

  /** The chain without one of its entries; those before it are copied, as they can't change. */
  private Entry without(Entry first, Entry entry) {
    if (first == entry) {
      return entry.next;
    }
    Entry rest = without(first.next, entry);
    InetAddress object = first.get();
    if (object == null) {
      count--; // it is no longer in the table when its turn in the queue comes
      return rest;
    }
    return new Entry(object, gone, first.name, first.address, rest);
  }
}
