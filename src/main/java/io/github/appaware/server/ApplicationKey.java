package io.github.appaware.server;

import io.github.appaware.event.Application;

/** Identifies an application for answers, whatever id the policy gives it. */
record ApplicationKey(String file, String path, String sha256) {
  static ApplicationKey of(Application app) {
    return new ApplicationKey(app.file(), app.path(), app.sha256());
  }
}
