package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Text;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.Client;
import io.github.appaware.link.Link;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.PendingAsk;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.Timing;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's connection to its server: what it does with the messages of a {@link Link}. The
 * application's threads come here with their events and never touch a channel.
 */
class Connection implements Client {
  /** How long the end of the JVM may wait for the record. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

  /** The flush after which nothing comes. */
  private static final long LAST = 1;

  /**
   * The stack of each of the link's threads, in bytes. Only pages that are touched take memory; TLS
   * and the classes that it loads on the way nest deep, and at the end of the stack a class would
   * be loaded without its hook.
   */
  private static final long STACK = 512 * 1024;

  private final VerdictCache verdicts;
  private final Greeting greeting;
  private final Grace grace;
  private final Sockets sockets;
  private final Link link;

  /** Null until a cached verdict is used: many a program never does. */
  private volatile UseReports reports;

  /** Empty for a welcome, else why there is none. */
  private final PendingReply<String> welcome = new PendingReply<>();

  /** Where the application's threads wait; null before the start is over. */
  private volatile WaitingPlaces places;

  /** What the end of the JVM waits for, or null. */
  private volatile PendingReply<Boolean> flushed;

  private volatile boolean hooked;
  private volatile Thread unhooked;

  /** Whether the user knows that not all that was denied can be reported. */
  private volatile boolean gap;

  /**
   * Not connected yet.
   *
   * @param sockets of the servers
   * @param grace for how long cached verdicts are valid without a server, or null for none
   */
  Connection(
      Servers servers,
      Sockets sockets,
      Greeting greeting,
      Grace grace,
      VerdictCache verdicts,
      LinkTime time) {
    this.sockets = sockets;
    this.greeting = greeting;
    this.grace = grace;
    this.verdicts = verdicts;
    link = new Link("appaware", STACK, servers, this, time);
  }

  /**
   * Begins at once with what takes long and needs no hook; {@link #connect} lets it go on, on the
   * agent's own thread.
   */
  void begin() {
    link.start();
  }

  /**
   * The hooks are in place.
   *
   * @param jdks the JDK's own provider: the default one is whatever the application wants it to be
   */
  void connect(SelectorProvider jdks) {
    sockets.use(jdks);
    hooked = true;
    LockSupport.unpark(unhooked);
  }

  /** From now on the application's threads come. */
  void waitAt(WaitingPlaces there) {
    places = there;
  }

  /** Returns when the server knows this process; from then on events can be asked about. */
  void awaitWelcome() throws AgentStartException {
    String refusal = welcome.await(Timing.ANSWER, null);
    if (refusal == null) {
      throw new AgentStartException("the decision server does not answer");
    }
    if (!refusal.isEmpty()) {
      throw new AgentStartException(refusal);
    }
  }

  /**
   * Whether this is the thread that connects, and still does: that is the agent's doing, not an
   * event. Afterwards it has no privilege, as an application can find ways to run code on it.
   */
  boolean isOwn(Thread thread, int operation, Object[] arguments) {
    return link.isConnecting(thread) && greeting.isWay(operation, arguments);
  }

  /** On an application's thread, which waits. */
  Verdict ask(Event event, Origin origin) {
    PendingAsk ask = BlockingAsk.of(event, origin);
    try {
      Verdict denial = link.ask(ask);
      return denial != null ? denial : BlockingAsk.await(ask, places);
    } finally {
      link.forget(ask);
    }
  }

  /** Notes that a cached verdict was used; never blocks. */
  void used(CachedVerdict reused) {
    UseReports known = reports;
    (known != null ? known : makeReports()).used(reused);
  }

  /** Reports an event that was denied here although the server had allowed it; never blocks. */
  void denied(Event event, Origin origin, Reason reason) {
    Verdict verdict = new Verdict(false, reason, Verdict.Reuse.NOTHING, 0);
    UseReports unused = makeReports(); // so that the end of the JVM waits for the server
    try {
      link.tell(new Message.Used(event, origin, verdict, 1, System.currentTimeMillis()));
    } catch (IOException e) {
      full(); // longer than a frame, which the question was not
    }
  }

  private synchronized UseReports makeReports() {
    if (reports == null) {
      reports = new UseReports(link);
    }
    return reports;
  }

  /** Waits until everything is in the server's record, at most two seconds, and ends. */
  void finish() {
    try {
      flush();
      verdicts.lost();
      link.finish(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JVM is in a hurry
    }
  }

  private void flush() {
    if (!link.isConnected() || reports == null) {
      return; // the server has answered, and so recorded, everything else itself
    }
    PendingReply<Boolean> pending = new PendingReply<>();
    flushed = pending;
    try {
      link.reportNow();
      link.say(new Message.Flush(LAST));
      Boolean unused = pending.await(FAREWELL, null);
    } catch (IOException e) {
      // There is no server to tell.
    }
  }

  @Override
  public ByteBuffer hello() throws IOException {
    ByteBuffer hello = greeting.frame();
    if (!hooked) {
      FrameChannel.rehearse();
      unhooked = Thread.currentThread();
      while (!hooked) {
        LockSupport.park(); // without a blocker, which the application could get hold of
      }
    }
    return hello;
  }

  @Override
  public void welcomed(int epoch) {
    verdicts.renewed(epoch);
    if (grace != null) {
      grace.end();
    }
  }

  @Override
  public void connected(boolean again) {
    gap = false;
    link.reportNow();
    welcome.answer("");
    if (again) {
      tell("the decision server is back");
    }
  }

  @Override
  public boolean receive(Message message) throws IOException {
    if (message instanceof Message.Epoch changed) {
      verdicts.epoch(changed.epoch());
    } else if (message instanceof Message.NameServers named) {
      verdicts.nameServers(named.addresses());
    } else if (message instanceof Message.Noted noted && noted.id() == LAST) {
      answerFlush(Boolean.TRUE);
    } else if (message instanceof Message.Stop stop && grace == null) {
      verdicts.lost();
      link.lose();
      AgentAbort.soon(stop.why());
    } else if (message instanceof Message.Notice notice && grace != null) {
      tell(Text.printable(notice.text()));
    } else {
      throw new IOException("not for an agent: " + message);
    }
    return true;
  }

  /** A server that refuses this process does not let it go on by what it said before. */
  @Override
  public void lost(String why, boolean refused) {
    boolean news = false;
    boolean decided = false;
    try {
      news = grace != null && grace.begin(refused);
      decided = grace != null && grace.isOn();
    } finally {
      if (!decided) {
        verdicts.lost(); // also when an Error came in between
      }
    }
    answerFlush(Boolean.FALSE);
    boolean first = !welcome.isAnswered();
    welcome.answer(why);
    if (news && !first) {
      link.checkSoon(); // which ends the grace
      tell(
          refused
              ? why + ": every event is denied until it accepts this process again"
              : "the decision server is away ("
                  + why
                  + "): events that are not decided yet are denied until it is back");
    }
  }

  private void answerFlush(Boolean done) {
    PendingReply<Boolean> pending = flushed;
    if (pending != null) {
      pending.answer(done);
    }
  }

  /** Tells the user. */
  void tell(String text) {
    AgentAbort.tell(text);
  }

  @Override
  public void full() {
    if (!gap) {
      gap = true;
      tell("more is denied than can be reported to the decision server: its record has gaps");
    }
  }

  @Override
  public long check() {
    long left = grace.left();
    if (left <= 0) {
      grace.expire();
      verdicts.lost();
    }
    return left <= 0 ? Timing.CHECK : left;
  }

  @Override
  public long reportAfter() {
    return makeReports().after();
  }

  @Override
  public void report() throws IOException {
    if (reports != null) {
      reports.report();
    }
  }
}
