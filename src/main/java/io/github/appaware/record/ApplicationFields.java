package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Application;
import java.io.IOException;

/** What the object {@code app} says of an application. */
public final class ApplicationFields {
  private static final String ID = "id";
  private static final String FILE = "file";
  private static final String PATH = "path";
  private static final String SHA256 = "sha256";
  private static final String KIND = "kind";
  private static final String MAVEN = "maven";
  private static final String PARENT = "parent";
  private static final String SELF_REPORTED = "self-reported";
  private static final String NAMES_CHANGED = "names-changed";

  private ApplicationFields() {}

  /** Writes the fields into the object that was begun. */
  public static void write(JsonGenerator g, Application app) throws IOException {
    Fields.text(g, ID, app.id());
    Fields.text(g, FILE, app.file());
    Fields.text(g, PATH, app.path());
    Fields.text(g, SHA256, app.sha256());
    g.writeStringField(KIND, app.kind().label());
    Fields.text(g, MAVEN, app.maven());
    Fields.text(g, PARENT, app.parent());
    if (app.selfReported()) {
      g.writeBooleanField(SELF_REPORTED, true);
    }
    Fields.text(g, NAMES_CHANGED, app.namesChangedBy());
  }

  /** The application, with what the line says of it outside of its object. */
  static Application read(JsonObject app, String machine, String user, long pid)
      throws RecordFormatException {
    Application.Kind kind =
        Fields.labelled(Application.Kind.values(), Application.Kind::label, app.text(KIND), "kind");
    return Application.builder()
        .id(app.text(ID))
        .file(app.text(FILE))
        .path(app.text(PATH))
        .sha256(app.text(SHA256))
        .kind(kind)
        .maven(app.text(MAVEN))
        .user(user)
        .pid(pid)
        .parent(app.text(PARENT))
        .machine(machine)
        .selfReported(app.flag(SELF_REPORTED))
        .namesChangedBy(app.text(NAMES_CHANGED))
        .build();
  }
}
