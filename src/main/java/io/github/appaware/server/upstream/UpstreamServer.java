package io.github.appaware.server.upstream;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Servers;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.TlsServer;
import io.github.appaware.link.TlsServers;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.Upstream;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.time.Clock;
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
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The upstream server of a run: a connection for each process, and one for the launcher. While it
 * is unreachable, events that are not decided yet are denied; cached verdicts stay valid for the
 * grace that the user gave.
 */
public final class UpstreamServer implements Upstream, Closeable {
  /** How long the end of a run waits until everything is reported to the server. */
  private static final long FAREWELL_SECONDS = 3;

  private final List<TlsServer> servers = new ArrayList<>();
  private final Duration grace;
  private final String run;
  private final Map<ClientConnection, UpstreamLink> links = new ConcurrentHashMap<>();
  private final Set<UpstreamLink> ending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "upstream-grace");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Runnable renew = () -> {};
  private volatile Consumer<String> notices = text -> {};

  /**
   * Not connected yet.
   *
   * @param certificates for the servers, in the order in which they are tried
   * @param grace how long cached verdicts stay valid without a server
   * @param run names the run there; no secret
   */
  public UpstreamServer(List<ClientTrust> certificates, Clock clock, Duration grace, String run) {
    for (ClientTrust each : certificates) {
      servers.add(new TlsServer(each.server(), each.file(), clock, text -> notices.accept(text)));
    }
    this.grace = grace;
    this.run = run;
  }

  /**
   * Connects it with what depends on it.
   *
   * @param voidVerdicts makes verdicts given so far void
   * @param tell takes what the user should know
   */
  public void bind(Runnable voidVerdicts, Consumer<String> tell) {
    renew = voidVerdicts;
    notices = tell;
  }

  /** Connects for a process; completes when the server accepts it, fails when it does not. */
  public CompletableFuture<Void> join(ClientConnection client, Application application) {
    Servers mine = new TlsServers(servers, new Sockets());
    UpstreamLink link = new UpstreamLink(mine, new Owner(), run, application, new LinkTime());
    links.put(client, link);
    CompletableFuture<Void> first = link.start();
    if (client.isGone()) {
      gone(client); // it went before there was a link to end
    }
    return first;
  }

  /** Reacts to one connection. Each has a grace of its own: others may be well meanwhile. */
  private final class Owner implements UpstreamLink.Owner {
    private boolean away;
    private boolean refused;
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
        refused = false;
        full = false;
      }
      notices.accept("the decision server is back");
      renew.run();
    }

    /** A server that refuses the process does not let it go on by what it said before. */
    @Override
    public void lost(String why, boolean isRefused) {
      int outage;
      boolean news;
      synchronized (this) {
        news = !away || (isRefused && !refused);
        outage = away ? outages : ++outages;
        away = true;
        refused |= isRefused;
      }
      if (!news) {
        return;
      }
      if (isRefused) {
        notices.accept(why + ": every event is denied until it accepts this process again");
        renew.run();
        return;
      }
      notices.accept(
          "the decision server is away ("
              + why
              + "): events that are not decided yet are denied until it is back");
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
      notices.accept(
          "more happened than can be reported to the decision server: its record has gaps");
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
