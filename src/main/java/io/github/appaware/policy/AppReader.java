package io.github.appaware.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one {@code [[app]]}. */
final class AppReader {
  private static final List<String> KEYS = List.of("id", "file", "sha256");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private AppReader() {}

  /** Adds it to the draft, with gaps where it has problems: such a draft is never finished. */
  static void read(Section section, Draft draft) {
    section.expectOnly(KEYS);
    section.require("id", "give the application an id: `id = \"billing\"`");
    if (!section.has("file") && !section.has("sha256")) {
      section.problem(
          section.at(),
          "neither `file` nor `sha256` says which application this is",
          "write `file = \"billing-*.jar\"`, or `sha256` of its content");
    }
    Optional<Value<String>> id = section.parsed("id", Id::parse);
    id.ifPresent(draft::claimApp);
    Optional<Value<Glob>> file = section.parsed("file", Glob::fileName);
    List<String> sha256 =
        section.each("sha256", AppReader::sha256).stream().map(Value::value).distinct().toList();
    draft.add(
        new AppRule(
            id.map(Value::value).orElse(""),
            file.map(Value::value).orElse(null),
            sha256,
            section.at().file(),
            section.at().line()));
  }

  static String sha256(String text) throws MalformedValue {
    if (!SHA256.matcher(text).matches()) {
      throw new MalformedValue(
          Words.quoted(text) + " is not a SHA-256", "write 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
