package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.AppKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The result of converting another tool's list: what became of each entry, in order. Not
 * thread-safe.
 */
public final class Conversion {
  /** What became of one entry. */
  public sealed interface Piece {
    /** The entry, as it was written, and where. */
    String source();
  }

  /**
   * An entry that is a rule now.
   *
   * @param block a rule, or an application that a rule names
   * @param remark in what the rule differs from the entry; empty if in nothing
   */
  public record Carried(String source, PolicyEntry block, String remark) implements Piece {}

  /**
   * An entry that has no counterpart.
   *
   * @param reason why
   * @param lost whether something is missing in the policy now; not for what is about something
   *     else than the network
   */
  public record LeftOut(String source, String reason, boolean lost) implements Piece {}

  private final List<Piece> pieces = new ArrayList<>();

  /** All pieces. */
  public List<Piece> pieces() {
    return Collections.unmodifiableList(pieces);
  }

  /** Whether the policy says exactly what the list says about the network. */
  public boolean isExact() {
    return pieces.stream()
        .allMatch(
            piece ->
                piece instanceof Carried carried
                    ? carried.remark().isEmpty()
                    : piece instanceof LeftOut leftOut && !leftOut.lost());
  }

  /** Adds the rule if the policy's reader accepts it, else the reader's message. */
  void add(String source, PolicyEntry block, String remark) {
    List<String> problems = block.check();
    if (problems.isEmpty()) {
      pieces.add(new Carried(source, block, remark));
    } else {
      lose(source, String.join("; ", problems));
    }
  }

  /** Adds an application that the rule after it names, unless it is there already. */
  void app(String source, PolicyEntry app) {
    boolean known =
        pieces.stream()
            .anyMatch(
                piece ->
                    piece instanceof Carried carried
                        && carried.block().text(AppKey.ID).equals(app.text(AppKey.ID))
                        && carried.block().text(AppKey.FILE).equals(app.text(AppKey.FILE)));
    if (!known) {
      add(source, app, "");
    }
  }

  void lose(String source, String reason) {
    pieces.add(new LeftOut(source, reason, true));
  }

  /** Adds an entry that is not about the network. */
  void pass(String source, String reason) {
    pieces.add(new LeftOut(source, reason, false));
  }
}
