package io.github.appaware.server;

import io.github.appaware.event.Application;

/** What tells applications apart where the policy gives them no id. */
record ApplicationKey(String file, String path, String sha256) {
  static ApplicationKey of(Application app) {
    return new ApplicationKey(app.file(), app.path(), app.sha256());
  }
}
