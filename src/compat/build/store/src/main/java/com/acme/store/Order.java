package com.acme.store;

import com.acme.marks.Marked;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What a customer buys, as a sum. */
@Marked
public final class Order {
  private final String text;

  public Order(String text) {
    this.text = text;
  }

  /** As the annotation processor says. */
  public String mark() {
    return OrderMark.TEXT;
  }

  /** In cents. */
  public int total() {
    SumLexer lexer = new SumLexer(CharStreams.fromString(text));
    int total = 0;
    for (TerminalNode each : new SumParser(new CommonTokenStream(lexer)).sum().INT()) {
      total += Integer.parseInt(each.getText());
    }
    return total;
  }

  public void pay() {
    // tracked
  }
}
