package io.github.appaware.policy.engine;

import io.github.appaware.event.Origin;
import io.github.appaware.policy.model.NameTable;
import io.github.appaware.policy.model.OriginPattern;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by {@code origin}; those with a star within a name are always tried. */
final class OriginSplit implements Split {
  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<OriginPattern> origins = compiledRule.rule().origins();
    if (origins.isEmpty() || !origins.stream().allMatch(OriginPattern::isIndexed)) {
      return null;
    }
    return origins.stream().map(OriginPattern::key).distinct().toList();
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    TextMap<Node> origins = new TextMap<>();
    children.forEach((key, child) -> origins.put((String) key, child));
    return new Origins(Split.best(always, children), always, origins);
  }

  private static final class Origins extends Node {
    private final Node always;
    private final TextMap<Node> origins;

    Origins(int best, Node always, TextMap<Node> origins) {
      super(best);
      this.always = always;
      this.origins = origins;
    }

    @Override
    int search(Query query, int limit) {
      int found = always.first(query, limit);
      List<Origin.Frame> frames = query.origin.frames();
      for (int i = 0; i < frames.size(); i++) {
        found = search(query, frames.get(i), found);
      }
      return found;
    }

    private int search(Query query, Origin.Frame frame, int limit) {
      Origin.Source source = frame.source();
      String path = source.path();
      String maven = source.maven();
      int version = maven.indexOf(':', maven.indexOf(':') + 1);
      int found =
          one(OriginPattern.HASH, source.sha256(), 0, source.sha256().length(), query, limit);
      found = one(OriginPattern.FILE, path, path.lastIndexOf('/') + 1, path.length(), query, found);
      found = one(OriginPattern.COORDINATES, maven, 0, Math.max(0, version), query, found);
      int end = Math.max(0, frame.type().lastIndexOf('.'));
      found = dotted(OriginPattern.IN_PACKAGE, frame.type(), end, query, found);
      return dotted(OriginPattern.IN_MODULE, frame.module(), frame.module().length(), query, found);
    }

    /** The name and all that it is below. */
    private int dotted(char mark, String name, int end, Query query, int limit) {
      int found = limit;
      long hash = TextMap.start(mark);
      for (int i = 0; i < end; i++) {
        if (name.charAt(i) == '.') {
          found = child(origins.get(mark, name, 0, i, hash), query, found);
        }
        hash = NameTable.next(hash, name.charAt(i));
      }
      return child(origins.get(mark, name, 0, end, hash), query, found);
    }

    private int one(char mark, String text, int from, int to, Query query, int limit) {
      return child(origins.get(mark, text, from, to), query, limit);
    }

    private static int child(Node child, Query query, int limit) {
      return child == null ? limit : child.first(query, limit);
    }
  }
}
