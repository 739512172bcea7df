package io.github.appaware.policy.engine;

import io.github.appaware.policy.model.Glob;
import io.github.appaware.policy.model.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Divides rules by a key that is compared with one word: an application, a user. */
final class WordSplit implements Split {
  private final Function<CompiledRule, List<String>> values;
  private final Function<Query, String> word;

  WordSplit(Function<CompiledRule, List<String>> values, Function<Query, String> word) {
    this.values = values;
    this.word = word;
  }

  /** Where the values are globs: those with a star or question mark are tried always. */
  static WordSplit literal(Function<Rule, List<Glob>> globs, Function<Query, String> word) {
    return new WordSplit(
        compiledRule -> {
          List<Glob> all = globs.apply(compiledRule.rule());
          return all.stream().allMatch(Glob::isLiteral)
              ? all.stream().map(Glob::toString).distinct().toList()
              : List.of();
        },
        word);
  }

  @Override
  public Collection<?> keys(CompiledRule compiledRule) {
    List<String> all = values.apply(compiledRule);
    return all.isEmpty() ? null : all;
  }

  @Override
  public Node node(Node always, Map<Object, Node> children) {
    Map<Object, Node> words = Map.copyOf(children);
    return new Node(Split.best(always, children)) {
      @Override
      int search(Query query, int limit) {
        int found = always.first(query, limit);
        Node child = words.get(word.apply(query));
        return child == null ? found : child.first(query, found);
      }
    };
  }
}
