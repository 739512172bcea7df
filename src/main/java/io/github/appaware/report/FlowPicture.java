package io.github.appaware.report;

import io.github.appaware.report.Flow.Link;
import io.github.appaware.report.Flow.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a {@link Flow} in SVG: three columns of bars, and bands between them. A band is as wide as
 * the logarithm of its count. Sizes are in units of the picture, which the page scales.
 */
final class FlowPicture {
  private static final double BAR = 8;
  private static final double GAP = 20;
  private static final double LEAST = 10;
  private static final double TOP = 18;

  /** How a picture uses its width. */
  enum Form {
    WIDE(960, 190, 250, 23, 40, 30),
    NARROW(360, 74, 104, 10, 20, 14);

    private final double width;
    private final double left;
    private final double right;
    private final int appCharacters;
    private final int libraryCharacters;
    private final int hostCharacters;

    Form(
        double width,
        double left,
        double right,
        int appCharacters,
        int libraryCharacters,
        int hostCharacters) {
      this.width = width;
      this.left = left;
      this.right = right;
      this.appCharacters = appCharacters;
      this.libraryCharacters = libraryCharacters;
      this.hostCharacters = hostCharacters;
    }

    /** The left edge of a column's bars. */
    private double x(int column) {
      double last = width - right - BAR;
      return column == 0 ? left : column == 1 ? (left + last) / 2 : last;
    }

    private int characters(int column) {
      return column == 0 ? appCharacters : column == 1 ? libraryCharacters : hostCharacters;
    }
  }

  /** Where a node is, and how much of its sides the bands have taken. */
  private static final class Box {
    private double y;
    private double height;
    private double in;
    private double out;
  }

  private final Flow flow;
  private final Form form;
  private final Map<Node, Box> boxes = new HashMap<>();
  private double height;

  FlowPicture(Flow flow, Form form) {
    this.flow = flow;
    this.form = form;
    place();
  }

  /** 1 is thin; a million is twenty times as wide. */
  private static double width(long count) {
    return 2 + 2 * Math.log((double) count) / Math.log(2);
  }

  private void place() {
    for (List<Node> column : flow.columns()) {
      double sum = 0;
      for (Node node : column) {
        Box box = new Box();
        double in = 0;
        double out = 0;
        for (Link link : flow.links()) {
          in += link.to().equals(node) ? width(link.count()) : 0;
          out += link.from().equals(node) ? width(link.count()) : 0;
        }
        box.height = Math.max(LEAST, Math.max(in, out));
        box.in = (box.height - in) / 2;
        box.out = (box.height - out) / 2;
        boxes.put(node, box);
        sum += box.height + GAP;
      }
      height = Math.max(height, sum);
    }
    for (List<Node> column : flow.columns()) {
      double sum = column.stream().mapToDouble(node -> boxes.get(node).height).sum();
      double gap = (height - sum) / Math.max(1, column.size());
      double y = TOP + (gap - GAP) / 2;
      for (Node node : column) {
        boxes.get(node).y = y;
        y += boxes.get(node).height + gap;
      }
    }
  }

  void draw(Markup out) {
    String view = "0 0 " + number(form.width) + " " + number(height + TOP);
    String named = form.name().toLowerCase(Locale.ROOT);
    out.open(
        "svg",
        "class",
        named,
        "viewBox",
        view,
        "role",
        "img",
        "aria-label",
        "Applications, libraries, hosts");
    Comparator<Link> order =
        Comparator.comparingDouble((Link link) -> boxes.get(link.from()).y)
            .thenComparingDouble(link -> boxes.get(link.to()).y)
            .thenComparing(Link::outcome);
    flow.links().stream().sorted(order).forEach(link -> band(out, link));
    for (List<Node> column : flow.columns()) {
      column.forEach(node -> node(out, node));
    }
    out.close("svg").line();
  }

  private void band(Markup out, Link link) {
    Box from = boxes.get(link.from());
    Box to = boxes.get(link.to());
    double width = width(link.count());
    double x1 = form.x(link.from().column()) + BAR;
    double x2 = form.x(link.to().column());
    double y1 = from.y + from.out + width / 2;
    double y2 = to.y + to.in + width / 2;
    from.out += width;
    to.in += width;
    double middle = (x1 + x2) / 2;
    String curve =
        "M"
            + number(x1)
            + " "
            + number(y1)
            + "C"
            + number(middle)
            + " "
            + number(y1)
            + " "
            + number(middle)
            + " "
            + number(y2)
            + " "
            + number(x2)
            + " "
            + number(y2);
    out.open("path", "class", link.outcome().label(), "d", curve, "stroke-width", number(width));
    String ends = link.from().label() + " to " + link.to().label();
    out.leaf("title", ends + ": " + link.count() + " " + link.outcome().label());
    out.close("path").line();
  }

  private void node(Markup out, Node node) {
    Box box = boxes.get(node);
    int column = node.column();
    double x = form.x(column);
    out.open("g");
    out.leaf("title", node.label() + ": " + node.count());
    out.empty(
        "rect",
        "class",
        node.worst().label(),
        "x",
        number(x),
        "y",
        number(box.y),
        "width",
        number(BAR),
        "height",
        number(box.height),
        "rx",
        "2");
    double textX = column == 0 ? x - 6 : column == 1 ? x + BAR / 2 : x + BAR + 6;
    double textY = column == 1 ? box.y - 4 : box.y + box.height / 2 + 4;
    String anchor = column == 0 ? "end" : column == 1 ? "middle" : "start";
    out.leaf(
        "text",
        shortened(node.label(), form.characters(column), column == 1),
        "x",
        number(textX),
        "y",
        number(textY),
        "text-anchor",
        anchor);
    out.close("g").line();
  }

  /** Of a library the end tells most, its artifact and version; of other names the begin. */
  private static String shortened(String name, int characters, boolean endTellsMost) {
    if (name.length() <= characters) {
      return name;
    }
    int end = endTellsMost ? characters * 3 / 5 : characters / 3;
    return name.substring(0, characters - 1 - end) + "\u2026" + name.substring(name.length() - end);
  }

  private static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
