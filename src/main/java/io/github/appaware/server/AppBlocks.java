package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.AppRule;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the {@code [[app]]} entry of an application without one, so that an answer is limited to
 * it.
 */
final class AppBlocks {
  /** Leaves room for a number below the 64 characters of an id. */
  private static final int MAX_LENGTH = 56;

  private AppBlocks() {}

  /**
   * Its entry, by file name and hash.
   *
   * @throws AnswerException when it has neither
   */
  static PolicyEntry of(Application app, Policy policy) throws AnswerException {
    return of(app, policy, Set.of());
  }

  /** As above, with an id that is none of these. */
  static PolicyEntry of(Application app, Policy policy, Set<String> others) throws AnswerException {
    PolicyEntry block = PolicyEntry.app(id(base(app.file(), app.kind()), policy, others));
    boolean named = !app.file().isEmpty() && AnswerScopes.isLiteral(app.file());
    if (!named && app.sha256().isEmpty()) {
      throw new AnswerException("nothing tells this application from others");
    }
    block = named ? block.with(AppKey.FILE, app.file()) : block;
    return app.sha256().isEmpty() ? block : block.with(AppKey.SHA256, app.sha256());
  }

  /**
   * The entry of a file that is made anew each time: by its name alone. Its rules name the
   * application that starts it, too.
   */
  static PolicyEntry ofThrowAway(ThrowAwayFile file, Policy policy, Set<String> others) {
    String base = base(file.file().replace("*", ""), file.kind());
    return PolicyEntry.app(id(base, policy, others)).with(AppKey.FILE, file.file());
  }

  private static String id(String base, Policy policy, Set<String> others) {
    Set<String> taken = policy.apps().stream().map(AppRule::id).collect(Collectors.toSet());
    taken.addAll(others);
    String id = base;
    for (int i = 2; taken.contains(id); i++) {
      id = base + "-" + i;
    }
    return id;
  }

  /** {@code billing-1.2} of {@code billing-1.2.jar}, {@code Main} of {@code com.acme.Main}. */
  private static String base(String file, Application.Kind kind) {
    String name = file.replaceFirst("\\.(jar|war|java)$", "");
    if (kind == Application.Kind.CLASSPATH || kind == Application.Kind.MODULE) {
      name = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
    }
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    String cut = plain.substring(0, Math.min(MAX_LENGTH, plain.length()));
    return cut.isEmpty() ? "app" : cut;
  }
}
