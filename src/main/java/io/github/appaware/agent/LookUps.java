package io.github.appaware.agent;

import io.github.appaware.agent.DnsMessage.Question;
import io.github.appaware.event.Address;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The look-ups of the last moments, and the queries that they led to. A library asks a name server
 * several times for one name: for both kinds of addresses, with the system's search domains, and
 * for what the name is an alias for. All that is part of the look-up that was judged, as it is with
 * the JDK's own resolver. What a query of these is answered with by a name server of the system
 * links the name to addresses.
 *
 * <p>Bounded: a look-up that is forgotten too early is judged again, an answer that comes too late
 * links nothing. Safe for all threads.
 */
class LookUps {
  /** A power of two. */
  private static final int SLOTS = 512;

  /** For how long the queries that follow belong to a look-up. */
  private static final long LOOK_UP = TimeUnit.SECONDS.toNanos(15);

  /** For how long an answer is waited for. */
  private static final long ANSWER = TimeUnit.SECONDS.toNanos(30);

  private static final int MOST_QUERIES = 1_024;

  /** A name that may be asked for, as part of the look-up of another or of its own. */
  private static final class Recent {
    final String name;
    final String asked;
    final int epoch;
    final long at;

    Recent(String name, String asked, int epoch, long at) {
      this.name = name;
      this.asked = asked;
      this.epoch = epoch;
      this.at = at;
    }

    boolean isFor(String other, int current, long now) {
      return name.equals(other) && epoch == current && now - at < LOOK_UP;
    }
  }

  /** A query on its way, with the socket that must get the answer. */
  private static final class Query extends WeakReference<Object> {
    final Address server;
    final int id;
    final Question question;
    final String asked;
    final long at;

    Query(Object channel, Address server, int id, Question question, String asked, long at) {
      super(channel);
      this.at = at;
      this.server = server;
      this.id = id;
      this.question = question;
      this.asked = asked;
    }

    boolean isAnsweredBy(DnsMessage answer, Address from, Object channel, long now) {
      return id == answer.id()
          && server.equals(from)
          && refersTo(channel)
          && answer.questions().size() == 1
          && question.isSame(answer.questions().get(0))
          && now - at < ANSWER;
    }
  }

  private final NameServers servers;
  private final ResolvedNames names;
  private final AtomicReferenceArray<Recent> recent = new AtomicReferenceArray<>(SLOTS);
  private final Query[] queries = new Query[MOST_QUERIES];
  private int next;

  LookUps(NameServers servers, ResolvedNames names) {
    this.servers = servers;
    this.names = names;
  }

  /** The time that counts, in nanoseconds. */
  long now() {
    return System.nanoTime();
  }

  /**
   * A look-up was allowed.
   *
   * @param name in normal form
   * @param epoch of the policy that allowed it
   */
  void allowed(String name, int epoch) {
    Recent known = recent.get(slot(name));
    if (known == null
        || !known.isFor(name, epoch, now())
        || !known.asked.equals(name)
        || now() - known.at > LOOK_UP / 2) {
      recent.set(slot(name), new Recent(name, name, epoch, now()));
    }
  }

  /** What was asked for is an alias of this name, whose own look-up does not become another's. */
  private void belongs(String name, String asked, int epoch) {
    Recent known = recent.get(slot(name));
    if (known == null || !known.isFor(name, epoch, now())) {
      recent.set(slot(name), new Recent(name, asked, epoch, now()));
    }
  }

  /** The name that was asked for, if this one belongs to its look-up, allowed by now; else null. */
  String asked(String name, int epoch) {
    String asked = recent(name, epoch);
    List<String> domains = asked == null ? servers.searchDomains() : List.of();
    for (int i = 0; asked == null && i < domains.size(); i++) {
      String end = "." + domains.get(i);
      if (name.endsWith(end)) {
        asked = recent(name.substring(0, name.length() - end.length()), epoch);
      }
    }
    return asked;
  }

  private String recent(String name, int epoch) {
    Recent known = recent.get(slot(name));
    return known != null && known.isFor(name, epoch, now()) ? known.asked : null;
  }

  private static int slot(String name) {
    int hash = name.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  /**
   * A query may be sent.
   *
   * @param asked what the application asked for
   */
  void sent(DnsMessage query, Address server, Object channel, String asked) {
    if (query.questions().size() == 1 && servers.isTrusted(server)) {
      Question question = query.questions().get(0);
      synchronized (queries) {
        queries[next] = new Query(channel, server, query.id(), question, asked, now());
        next = (next + 1) % MOST_QUERIES;
      }
    }
  }

  /** A datagram came from a name server, by the kernel's word. */
  void answered(byte[] datagram, Address server, Object channel, int epoch) {
    if (!servers.isTrusted(server)) {
      return;
    }
    DnsMessage answer = DnsMessage.answer(datagram);
    Query query = answer == null ? null : take(answer, server, channel);
    if (query == null || !answer.isSuccess()) {
      return;
    }
    Set<String> aliases = answer.aliases(query.question.name);
    for (String alias : aliases) {
      belongs(alias, query.asked, epoch);
    }
    for (Address address : answer.addresses(aliases)) {
      names.proven(query.asked, address);
    }
  }

  /** Each query is answered once. */
  private Query take(DnsMessage answer, Address server, Object channel) {
    long now = now();
    synchronized (queries) {
      for (int i = 0; i < MOST_QUERIES; i++) {
        Query query = queries[i];
        if (query != null && query.isAnsweredBy(answer, server, channel, now)) {
          queries[i] = null;
          return query;
        }
      }
    }
    return null;
  }
}
