package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.NameTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Divides rules by {@code path}: by all of it, or by the directories before the first star. */
final class PathSplit implements Split {
  private static final char WHOLE = '=';
  private static final char BEGINNING = '<';

  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<Glob> paths = compiledRule.rule().paths();
    List<String> keys = new ArrayList<>();
    for (Glob path : paths) {
      String text = path.toString();
      if (path.isLiteral()) {
        keys.add(WHOLE + text);
      } else {
        int first = 0;
        while (text.charAt(first) != '*' && text.charAt(first) != '?') {
          first++;
        }
        keys.add(BEGINNING + text.substring(0, text.lastIndexOf('/', first) + 1));
      }
    }
    return keys.isEmpty() ? null : keys.stream().distinct().toList();
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    TextMap<Node> paths = new TextMap<>();
    children.forEach((key, child) -> paths.put((String) key, child));
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = always.first(query, limit);
        if (query.path != null) {
          found = search(query, query.path, found);
          if (!query.given.equals(query.path)) {
            found = search(query, query.given, found);
          }
        }
        return found;
      }

      private int search(Query query, String path, int limit) {
        int found = child(paths.get(WHOLE, path, 0, path.length()), query, limit);
        long hash = TextMap.start(BEGINNING);
        for (int i = 0; i < path.length(); i++) {
          hash = NameTable.next(hash, path.charAt(i));
          if (path.charAt(i) == '/') {
            found = child(paths.get(BEGINNING, path, 0, i + 1, hash), query, found);
          }
        }
        return found;
      }

      private int child(Node child, Query query, int limit) {
        return child == null ? limit : child.first(query, limit);
      }
    };
  }
}
