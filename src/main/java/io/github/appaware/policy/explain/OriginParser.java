package io.github.appaware.policy.explain;

import io.github.appaware.event.Origin;
import io.github.appaware.event.Origin.Frame;
import io.github.appaware.event.Origin.Source;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.UserText;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the origin of an event, given in the forms that rules use. A pattern looks at one property
 * of one frame, so one frame for each known property is equivalent to the real stack.
 */
public final class OriginParser {
  private OriginParser() {}

  /**
   * The origin of these frames, the innermost first.
   *
   * @param words {@code maven:group:artifact:version}, {@code jar:x.jar}, {@code sha256:...},
   *     {@code package:com.acme}, {@code module:m} each; none for an unknown origin
   * @throws MalformedValue if a word is no origin
   */
  public static Origin parse(List<String> words) throws MalformedValue {
    List<Frame> frames = new ArrayList<>();
    for (String word : words) {
      // What a policy can't mean is no origin either.
      frames.add(frame(word, OriginPattern.parse(word)));
    }
    if (frames.size() > Origin.MOST_FRAMES) {
      throw new MalformedValue(
          "rules see " + Origin.MOST_FRAMES + " frames, not " + frames.size(),
          "give the innermost ones");
    }
    return new Origin(frames, "");
  }

  private static Frame frame(String word, OriginPattern pattern) throws MalformedValue {
    String text = pattern.text();
    if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
      throw new MalformedValue(
          UserText.quoted(word) + " is a pattern, not an origin", "write what is on the stack");
    }
    if (pattern.isOfTheJdk()) {
      throw new MalformedValue(
          UserText.quoted(word) + " is part of the JDK, which is no origin",
          "an origin is code of the application or its libraries");
    }
    return switch (pattern.form()) {
      case MAVEN -> {
        if (pattern.globs().size() < 3) {
          throw new MalformedValue(
              UserText.quoted(word) + " has no version", "write " + UserText.quoted(word + ":1.0"));
        }
        yield of(new Source("", "", text));
      }
      case JAR -> of(new Source(text, "", ""));
      case SHA256 -> of(new Source("", text, ""));
      case PACKAGE -> new Frame(text + ".X", "x", 0, "", Source.NONE);
      case MODULE -> new Frame("", "x", 0, text, Source.NONE);
    };
  }

  private static Frame of(Source source) {
    return new Frame("", "x", 0, "", source);
  }
}
