package io.github.appaware.server;

import io.github.appaware.event.Application;

/**
 * Identifies an application for answers, whatever id the policy gives it.
 *
 * @param names what changes them: an answer about a name does not apply then
 */
record ApplicationKey(String file, String path, String sha256, String names) {
  static ApplicationKey of(Application app) {
    return new ApplicationKey(app.file(), app.path(), app.sha256(), app.namesChangedBy());
  }
}
