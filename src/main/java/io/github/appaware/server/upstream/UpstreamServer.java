package io.github.appaware.server.upstream;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.Upstream;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The server above a local one: a line for each process of the run, and one for the run. While it
 * is away everything is denied; cached verdicts stay good for the grace that the user gave.
 */
public final class UpstreamServer implements Upstream, Closeable {
  private static final long CHECK_SECONDS = 1;

  /** How often is looked whether a certificate ends: none lives for less than a minute. */
  private static final long RENEWAL_SECONDS = 10;

  /** How long the end of a run waits for the server to be told everything. */
  private static final long FAREWELL_SECONDS = 3;

  private final UpstreamLink.Dialer dialer;
  private final Duration grace;
  private final String run;
  private final Map<ClientConnection, UpstreamLink> links = new ConcurrentHashMap<>();
  private final Set<UpstreamLink> ending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "upstream-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Runnable renew = () -> {};
  private volatile Consumer<String> notices = text -> {};

  /**
   * A server above.
   *
   * @param grace how long cached verdicts stay good without it
   * @param run names the run there; no secret
   */
  public UpstreamServer(UpstreamLink.Dialer dialer, Duration grace, String run) {
    this.dialer = dialer;
    this.grace = grace;
    this.run = run;
    var unused =
        timer.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    var unusedToo =
        timer.scheduleWithFixedDelay(
            this::renewIfDue, RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS);
  }

  private void check() {
    links.values().forEach(UpstreamLink::check);
    ending.forEach(UpstreamLink::check);
  }

  /** On a thread of its own, as the network may take its time. */
  private void renewIfDue() {
    if (dialer.isDue() && renewing.compareAndSet(false, true)) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  dialer.renew();
                } finally {
                  renewing.set(false); // or nobody would ever try again
                }
              },
              "upstream-renewal");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Whose cached verdicts depend on it. */
  public void bind(Runnable voidVerdicts, Consumer<String> tell) {
    renew = voidVerdicts;
    notices = tell;
  }

  /** Connects for a process; completes when the server takes it, fails when it does not. */
  public CompletableFuture<Void> join(ClientConnection client, Application application) {
    UpstreamLink link = new UpstreamLink(dialer, new Owner(), run, application);
    links.put(client, link);
    CompletableFuture<Void> first = link.start();
    if (client.isGone()) {
      gone(client); // it went before there was a link to end
    }
    return first;
  }

  /** Reacts to one line. Each has its own grace: that others are well is no news of this one. */
  private final class Owner implements UpstreamLink.Owner {
    private boolean away;
    private int outages;
    private boolean full;

    @Override
    public void renewed() {
      renew.run();
    }

    @Override
    public void back() {
      synchronized (this) {
        away = false;
        full = false;
      }
      notices.accept("the decision server is back");
      renew.run();
    }

    @Override
    public void lost(String why) {
      int outage;
      boolean news;
      synchronized (this) {
        news = !away;
        away = true;
        outage = news ? ++outages : outages;
      }
      if (!why.isEmpty()) {
        notices.accept(why); // said once, however often it is found
      }
      if (!news) {
        return;
      }
      notices.accept(
          "the decision server is away: what is not decided yet is denied until it is back");
      try {
        var unused = timer.schedule(() -> expire(outage), grace.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        renew.run(); // it is closing
      }
    }

    private void expire(int outage) {
      boolean still;
      synchronized (this) {
        still = away && outage == outages;
      }
      if (still) {
        renew.run();
      }
    }

    @Override
    public void full() {
      synchronized (this) {
        if (full) {
          return;
        }
        full = true;
      }
      notices.accept("more happened than the decision server can be told of: its record has gaps");
      renew.run();
    }

    @Override
    public void notice(String text) {
      notices.accept(text);
    }
  }

  @Override
  public void ask(
      ClientConnection agent,
      Event event,
      Origin origin,
      LongConsumer person,
      Consumer<Verdict> then) {
    UpstreamLink link = links.get(agent);
    if (link == null) {
      then.accept(Verdict.denied(Reason.Kind.UNREACHABLE));
    } else {
      link.ask(event, origin, person, then);
    }
  }

  @Override
  public void used(ClientConnection agent, Message.Used used) {
    UpstreamLink link = links.get(agent);
    if (link != null) {
      link.used(used);
    }
  }

  @Override
  public void gone(ClientConnection agent) {
    UpstreamLink link = links.remove(agent);
    if (link != null) {
      ending.add(link);
      var unused = link.end().thenRun(() -> ending.remove(link));
    }
  }

  /** Waits a moment until the server knows everything. */
  @Override
  public void close() {
    links.keySet().forEach(this::gone);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    ending.forEach(link -> ends.add(link.end()));
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
          .get(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It had its time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.forEach(UpstreamLink::close);
    timer.shutdownNow();
  }
}
