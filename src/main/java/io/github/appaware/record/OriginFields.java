package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Origin;
import java.io.IOException;
import java.util.List;

/**
 * The object {@code origin}: the innermost frame, which called the JDK, the application's own frame
 * that led there, and the thread. Beside it the {@code test} that was running.
 */
public final class OriginFields {
  private static final String ORIGIN = "origin";
  private static final String JAR = "jar";
  private static final String SHA256 = "sha256";
  private static final String MAVEN = "maven";
  private static final String MODULE = "module";
  private static final String FRAME = "frame";
  private static final String CALLER = "caller";
  private static final String THREAD = "thread";
  private static final String TEST = "test";

  private OriginFields() {}

  /** Writes the fields, or nothing where nothing is known. */
  public static void write(JsonGenerator g, Origin origin) throws IOException {
    Fields.text(g, TEST, origin.test());
    if (origin.thread().isEmpty() && origin.frames().isEmpty()) {
      return;
    }
    g.writeObjectFieldStart(ORIGIN);
    if (!origin.frames().isEmpty()) {
      Origin.Frame frame = origin.frames().get(0);
      Fields.text(g, JAR, frame.source().path());
      Fields.text(g, SHA256, frame.source().sha256());
      Fields.text(g, MAVEN, frame.source().maven());
      Fields.text(g, MODULE, frame.module());
      g.writeStringField(FRAME, frame.describe());
      if (origin.caller() != null) {
        g.writeStringField(CALLER, origin.caller().describe());
      }
    }
    Fields.text(g, THREAD, origin.thread());
    g.writeEndObject();
  }

  static Origin read(JsonObject line) throws RecordFormatException {
    return origin(line.object(ORIGIN)).inTest(line.text(TEST));
  }

  private static Origin origin(JsonObject origin) throws RecordFormatException {
    String thread = origin.text(THREAD);
    if (!origin.has(FRAME)) {
      return new Origin(List.of(), thread);
    }
    Origin.Source source =
        new Origin.Source(origin.text(JAR), origin.text(SHA256), origin.text(MAVEN));
    Origin.Frame library = frame(origin.text(FRAME), origin.text(MODULE), source);
    if (!origin.has(CALLER)) {
      return new Origin(List.of(library), thread);
    }
    Origin.Frame caller = frame(origin.text(CALLER), "", Origin.Source.NONE);
    return new Origin(List.of(library, caller), thread, true);
  }

  /** The reverse of {@link Origin.Frame#describe}. */
  private static Origin.Frame frame(String described, String module, Origin.Source source) {
    String name = described;
    int line = 0;
    int colon = described.lastIndexOf(':');
    if (colon >= 0 && isLine(described, colon + 1)) {
      name = described.substring(0, colon);
      line = Integer.parseInt(described.substring(colon + 1));
    }
    String plain = unescaped(name);
    int dot = plain.lastIndexOf('.');
    String type = dot < 0 ? "" : plain.substring(0, dot);
    return new Origin.Frame(type, plain.substring(dot + 1), line, module, source);
  }

  /** A positive number without leading zeros, as no class file has more than 65535 lines. */
  private static boolean isLine(String text, int from) {
    if (text.length() == from || text.length() > from + 9 || text.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Turns {@code \}{@code uXXXX} into the character again. */
  private static String unescaped(String text) {
    int escape = text.indexOf("\\u");
    if (escape < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (escape >= 0 && escape + 6 <= text.length()) {
      plain.append(text, from, escape);
      try {
        plain.append((char) Integer.parseInt(text.substring(escape + 2, escape + 6), 16));
      } catch (NumberFormatException e) {
        return text; // not written by this class
      }
      from = escape + 6;
      escape = text.indexOf("\\u", from);
    }
    return plain.append(text, from, text.length()).toString();
  }
}
