package io.github.appaware.server;

import io.github.appaware.event.Origin;
import io.github.appaware.wire.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the jars that origins name contain. The run's launcher measures each once; the agent's word
 * does not count. Safe for all threads.
 */
public final class CodeSources {
  /** Jars of one run; more stay unmeasured. */
  private static final int MAX = 10_000;

  private final ClientConnection launcher;
  private final Map<String, Origin.Source> known = new ConcurrentHashMap<>();
  private final Map<Long, PendingOrigin> waiting = new HashMap<>();
  private long ids;

  CodeSources(ClientConnection launcher) {
    this.launcher = launcher;
  }

  /**
   * Passes on the origin with what its sources contain: at once, or by the thread of the launcher's
   * connection when they had to be measured first.
   */
  public void complete(PendingOrigin pending) {
    if (missing(pending.origin()).isEmpty() || !measure(pending)) {
      pending.then().accept(filled(pending.origin()));
    }
  }

  /** False when there is nothing to measure. */
  private synchronized boolean measure(PendingOrigin pending) {
    List<String> missing = missing(pending.origin());
    if (missing.isEmpty()) {
      return false;
    }
    waiting.put(++ids, pending);
    launcher.send(new Message.MeasureSources(ids, missing));
    return true;
  }

  private List<String> missing(Origin origin) {
    if (origin.frames().isEmpty()) {
      return List.of();
    }
    Set<String> missing = new LinkedHashSet<>();
    if (known.size() < MAX) {
      for (Origin.Frame frame : origin.frames()) {
        String path = frame.source().path();
        if (!path.isEmpty() && !known.containsKey(path)) {
          missing.add(path);
        }
      }
    }
    return List.copyOf(missing);
  }

  /** The launcher's answer. */
  public void measured(Message.SourcesMeasured answer) {
    PendingOrigin done;
    synchronized (this) {
      done = waiting.remove(answer.id());
      for (Origin.Source source : answer.sources()) {
        known.put(source.path(), source);
      }
    }
    if (done != null) {
      done.then().accept(filled(done.origin()));
    }
  }

  private Origin filled(Origin origin) {
    if (origin.frames().isEmpty()) {
      return origin;
    }
    List<Origin.Frame> frames = new ArrayList<>(origin.frames().size());
    for (Origin.Frame frame : origin.frames()) {
      String path = frame.source().path();
      Origin.Source source = known.getOrDefault(path, new Origin.Source(path, "", ""));
      frames.add(
          new Origin.Frame(frame.type(), frame.method(), frame.line(), frame.module(), source));
    }
    return new Origin(frames, origin.thread(), origin.complete(), origin.test());
  }
}
