package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.TomlItem.Array;
import io.github.appaware.policy.edit.TomlItem.Element;
import io.github.appaware.policy.edit.TomlItem.Entry;
import io.github.appaware.policy.edit.TomlItem.Header;
import io.github.appaware.policy.edit.TomlItem.Scalar;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.DocumentKey;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.model.UserText;
import io.github.appaware.policy.read.PolicyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds a hash to those of an {@code [[app]]}: the application was built anew, and is still the one
 * that the rules are about. Earlier builds stay known.
 */
public final class AppHashes {
  private static final String APPS = DocumentKey.APP.label();

  private final String file;
  private final String id;
  private final String sha256;
  private int line;

  /**
   * The text of a policy with the hash in it.
   *
   * @param line of the key, from 1
   */
  public record Added(String text, int line) {}

  private AppHashes(String file, String id, String sha256) {
    this.file = file;
    this.id = id;
    this.sha256 = sha256;
  }

  /**
   * Adds the hash, as safely as answers are saved; nothing else changes.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @return the line of the key, from 1
   * @throws EditException if the file has no such application, or one without hashes, or the hash
   *     is there already; the file is as it was then
   */
  public static int add(Path file, String id, String sha256) throws EditException {
    AppHashes hashes = new AppHashes(file.toString(), id, sha256);
    AtomicFileEdit.editExisting(file, hashes::with);
    return hashes.line;
  }

  /**
   * Adds the hash to a policy that is not in a file; nothing else changes.
   *
   * @param name of the policy, for messages
   * @throws EditException as above
   */
  public static Added add(String name, String text, String id, String sha256) throws EditException {
    AppHashes hashes = new AppHashes(name, id, sha256);
    String after = hashes.with(text);
    return new Added(after, hashes.line);
  }

  private String with(String text) throws EditException {
    Map<String, Object> before = TomlTree.parse(file, text);
    List<Map<String, Object>> apps = TomlTree.tables(before, DocumentKey.APP);
    int index = 0;
    while (index < apps.size() && !id.equals(apps.get(index).get(AppKey.ID.label()))) {
      index++;
    }
    if (index == apps.size()) {
      throw new EditException("no `[[app]]` " + UserText.quoted(id) + " in " + file, "");
    }
    Object old = apps.get(index).get(AppKey.SHA256.label());
    List<Object> hashes = new ArrayList<>(old instanceof List<?> several ? several : List.of());
    if (old instanceof String one) {
      hashes.add(one);
    }
    if (hashes.isEmpty()) {
      throw new EditException(
          UserText.quoted(id) + " has no `sha256`, so any file of its name is it", "");
    }
    if (hashes.contains(sha256)) {
      throw new EditException(UserText.quoted(id) + " has this SHA-256 already", "");
    }
    hashes.add(sha256);
    apps.get(index).put(AppKey.SHA256.label(), hashes);
    Map<String, Object> expected = new LinkedHashMap<>(before);
    expected.put(APPS, apps);
    String after = edited(text, index);
    List<Problem> problems = PolicyReader.problems(file, after, false);
    if (!problems.isEmpty()) {
      throw new EditException(problems.get(0).describe(), "");
    }
    if (!TomlTree.parse(file, after).equals(expected)) {
      throw new EditException("the hash can't be added by itself", "add it with an editor");
    }
    return after;
  }

  private String edited(String text, int index) throws EditException {
    int app = -1;
    boolean isThis = false;
    for (TomlItem item : TomlLayout.of(text)) {
      if (item instanceof Header header) {
        boolean isApp = header.array() && header.name().equals(APPS);
        app += isApp ? 1 : 0;
        isThis = isApp && app == index;
      } else if (isThis
          && item instanceof Entry entry
          && entry.key().equals(AppKey.SHA256.label())) {
        line = entry.line();
        String raw = text.substring(entry.start(), entry.end());
        return text.substring(0, entry.start()) + edited(raw, entry) + text.substring(entry.end());
      }
    }
    return text;
  }

  private String edited(String raw, Entry entry) {
    String added = "\"" + sha256 + "\"";
    if (entry.value() instanceof Scalar one) {
      int at = raw.indexOf(one.raw(), raw.indexOf('='));
      int end = at + one.raw().length();
      return raw.substring(0, at) + "[" + one.raw() + ", " + added + "]" + raw.substring(end);
    }
    String last = "";
    for (TomlItem.Part part : ((Array) entry.value()).parts()) {
      if (part instanceof Element element && element.value() instanceof Scalar scalar) {
        last = scalar.raw();
      }
    }
    int end = raw.lastIndexOf(last) + last.length();
    return raw.substring(0, end) + ", " + added + raw.substring(end);
  }
}
