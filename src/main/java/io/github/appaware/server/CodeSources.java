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
import java.util.function.Consumer;

/**
 * What is in the jars that origins name, as the run's launcher measured it, once each: an agent is
 * not believed. Safe for all threads.
 */
public final class CodeSources {
  /** A run that names more is no application: the rest stays unmeasured. */
  private static final int MOST = 10_000;

  private record Waiting(Origin origin, Consumer<Origin> then) {}

  private final ClientConnection launcher;
  private final Map<String, Origin.Source> known = new ConcurrentHashMap<>();
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long ids;

  public CodeSources(ClientConnection launcher) {
    this.launcher = launcher;
  }

  /**
   * Hands on the origin with what its sources contain: at once, or on the launcher's thread when
   * they had to be measured first.
   */
  public void complete(Origin origin, Consumer<Origin> then) {
    if (missing(origin).isEmpty() || !measure(origin, then)) {
      then.accept(filled(origin));
    }
  }

  /** False when there is nothing to measure. */
  private synchronized boolean measure(Origin origin, Consumer<Origin> then) {
    List<String> missing = missing(origin);
    if (missing.isEmpty()) {
      return false;
    }
    waiting.put(++ids, new Waiting(origin, then));
    launcher.send(new Message.MeasureSources(ids, missing));
    return true;
  }

  private List<String> missing(Origin origin) {
    if (origin.frames().isEmpty()) {
      return List.of();
    }
    Set<String> missing = new LinkedHashSet<>();
    if (known.size() < MOST) {
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
    Waiting done;
    synchronized (this) {
      done = waiting.remove(answer.id());
      for (Origin.Source source : answer.sources()) {
        known.put(source.path(), source);
      }
    }
    if (done != null) {
      done.then.accept(filled(done.origin));
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
    return new Origin(frames, origin.thread());
  }
}
