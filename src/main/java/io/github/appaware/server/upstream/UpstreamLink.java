package io.github.appaware.server.upstream;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.Client;
import io.github.appaware.link.Link;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.PendingAsk;
import io.github.appaware.link.Servers;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The connection of one process to the upstream server: what the local server does with the
 * messages of a {@link Link}. Safe for all threads.
 */
final class UpstreamLink implements Client, Closeable {
  /** The process that the connection is for; called by the link's threads. */
  interface Owner {
    /** Verdicts of before are good no more: the server's policy changed. */
    void renewed();

    /**
     * There is no connection, and no attempt succeeded.
     *
     * @param why in words
     * @param refused whether each server answers, and does not accept the process
     */
    void lost(String why, boolean refused);

    /** The connection is back; the server's policy may be another one. */
    void back();

    /** More was denied or used than can be reported to the server. */
    void full();

    /** The server has something to say to the user. */
    void notice(String text);
  }

  /** The flush after which nothing comes. */
  private static final long LAST = 1;

  /** Callbacks run on its threads. */
  private static final long STACK = 256 * 1024;

  private final Owner owner;
  private final Message.Join join;
  private final Link link;
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile int epoch;
  private volatile boolean ending;

  UpstreamLink(Servers servers, Owner owner, String run, Application application, LinkTime time) {
    this.owner = owner;
    this.join = new Message.Join(Message.VERSION, run, application, false);
    this.link = new Link("upstream", STACK, servers, this, time);
  }

  /** Connects for the first time; fails when no server accepts the process. */
  CompletableFuture<Void> start() {
    link.start();
    return first;
  }

  void ask(Event event, Origin origin, LongConsumer person, Consumer<Verdict> then) {
    Verdict denial = link.ask(new Ask(event, origin, person, then));
    if (denial != null) {
      then.accept(denial);
    }
  }

  /** Reports a verdict that was used; kept while there is no connection. */
  void used(Message.Used used) {
    try {
      link.tell(used);
    } catch (IOException tooLong) {
      owner.full();
    }
  }

  /** The process is gone: what is to be reported is reported, then the connection ends. */
  CompletableFuture<Void> end() {
    ending = true;
    if (link.isConnected()) {
      flush();
    } else if (link.isIdle()) {
      close();
    }
    return over;
  }

  private void flush() {
    try {
      link.say(new Message.Flush(LAST));
    } catch (IOException e) {
      // It broke: the next connection flushes.
    }
  }

  @Override
  public void close() {
    link.close();
    over.complete(null);
    boolean unused = first.completeExceptionally(new IOException("the process is gone"));
  }

  @Override
  public ByteBuffer hello() throws IOException {
    return FrameChannel.frame(join);
  }

  @Override
  public void welcomed(int current) {
    epoch = current;
  }

  @Override
  public void connected(boolean again) {
    if (again) {
      owner.back();
    } else {
      first.complete(null);
    }
    if (ending) {
      flush();
    }
  }

  @Override
  public boolean receive(Message message) throws IOException {
    if (message instanceof Message.Epoch changed) {
      epoch = changed.epoch();
      owner.renewed();
    } else if (message instanceof Message.Notice notice) {
      owner.notice(Text.printable(notice.text()));
    } else if (message instanceof Message.Noted noted) {
      if (ending && noted.id() == LAST) {
        close();
      }
    } else if (!(message instanceof Message.NameServers)) { // those of the local server count
      throw new IOException("not from a server: " + message.getClass().getSimpleName());
    }
    return true;
  }

  @Override
  public void lost(String why, boolean refused) {
    if (!first.completeExceptionally(new IOException(why))) {
      owner.lost(why, refused);
    }
  }

  @Override
  public void full() {
    owner.full();
  }

  /** An event that the local server waits for. */
  private final class Ask extends PendingAsk {
    private final LongConsumer person;
    private final Consumer<Verdict> then;

    Ask(Event event, Origin origin, LongConsumer person, Consumer<Verdict> then) {
      super(event, origin);
      this.person = person;
      this.then = then;
    }

    /** A verdict of a policy that is not in force any more is good once. */
    @Override
    protected void answer(Verdict verdict) {
      then.accept(
          verdict.epoch() == epoch
              ? verdict
              : new Verdict(
                  verdict.allowed(), verdict.reason(), Verdict.Reuse.NOTHING, verdict.epoch()));
    }

    @Override
    protected void asked(long millis) {
      person.accept(millis);
    }
  }
}
