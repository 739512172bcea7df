package io.github.appaware.policy.model;

import io.github.appaware.event.Application;
import java.util.List;

/**
 * One {@code [[app]]}: gives an id to an application.
 *
 * @param id the id
 * @param fileName what the application's file name must match, or null where any does
 * @param sha256 64 lower-case hexadecimal digits each, one of which must be the application's;
 *     empty where the content does not matter
 * @param file the policy file, as the user named it
 * @param line the line of the {@code [[app]]} header, from 1
 */
public record AppRule(String id, Glob fileName, List<String> sha256, String file, int line) {
  public AppRule {
    sha256 = List.copyOf(sha256);
  }

  /** Where it stands: {@code policy.toml:5}. */
  public String at() {
    return file + ":" + line;
  }

  public boolean matchesName(Application app) {
    return fileName == null || fileName.matches(app.file());
  }

  /** An application without a hash never matches a pin: no hash is no match. */
  public boolean matchesContent(Application app) {
    return sha256.isEmpty() || (!app.sha256().isEmpty() && sha256.contains(app.sha256()));
  }
}
