package io.github.appaware.event;

import java.util.List;

/** Builds an {@link Application} by setting components by name. */
public final class ApplicationBuilder {
  private String id = "";
  private String file = "";
  private String path = "";
  private String sha256 = "";
  private Application.Kind kind;
  private String maven = "";
  private String jvm = "";
  private String user = "";
  private long pid;
  private String parent = "";
  private List<String> command = List.of();
  private String directory = "";
  private String machine = "";
  private boolean selfReported;
  private String namesChangedBy = "";

  ApplicationBuilder() {}

  public ApplicationBuilder id(String value) {
    id = value;
    return this;
  }

  public ApplicationBuilder file(String value) {
    file = value;
    return this;
  }

  public ApplicationBuilder path(String value) {
    path = value;
    return this;
  }

  public ApplicationBuilder sha256(String value) {
    sha256 = value;
    return this;
  }

  public ApplicationBuilder kind(Application.Kind value) {
    kind = value;
    return this;
  }

  public ApplicationBuilder maven(String value) {
    maven = value;
    return this;
  }

  public ApplicationBuilder jvm(String value) {
    jvm = value;
    return this;
  }

  public ApplicationBuilder user(String value) {
    user = value;
    return this;
  }

  public ApplicationBuilder pid(long value) {
    pid = value;
    return this;
  }

  public ApplicationBuilder parent(String value) {
    parent = value;
    return this;
  }

  public ApplicationBuilder command(List<String> value) {
    command = value;
    return this;
  }

  public ApplicationBuilder directory(String value) {
    directory = value;
    return this;
  }

  public ApplicationBuilder machine(String value) {
    machine = value;
    return this;
  }

  public ApplicationBuilder selfReported(boolean value) {
    selfReported = value;
    return this;
  }

  public ApplicationBuilder namesChangedBy(String value) {
    namesChangedBy = value;
    return this;
  }

  /** Builds the application. * * @throws NullPointerException if its kind was not set */
  public Application build() {
    return new Application(
        id,
        file,
        path,
        sha256,
        kind,
        maven,
        jvm,
        user,
        pid,
        parent,
        command,
        directory,
        machine,
        selfReported,
        namesChangedBy);
  }
}
