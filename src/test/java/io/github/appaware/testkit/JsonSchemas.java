package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The published schemas, stricter than published: they allow fields that later versions may add,
 * but here a field that they do not describe is an error.
 */
public enum JsonSchemas {
  RECORD("record"),
  CONSOLE_OUTPUT("console-output"),
  CONSOLE_ANSWER("console-answer"),
  SUMMARY("summary"),
  REPORT("report");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemas(
                  Map.of(
                      "urn:appaware:record", text("record", "record"),
                      "urn:appaware:console-output", text("cli", "console-output"),
                      "urn:appaware:console-answer", text("cli", "console-answer"),
                      "urn:appaware:summary", text("cli", "summary"),
                      "urn:appaware:report", text("report", "report"))));

  private final String name;

  JsonSchemas(String name) {
    this.name = name;
  }

  private static String text(String room, String name) {
    String file = "/io/github/appaware/" + room + "/" + name + ".schema.json";
    try (InputStream in = JsonSchemas.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("\"unevaluatedProperties\": true", "\"unevaluatedProperties\": false");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a line; empty when nothing is. */
  public List<String> problems(String line) {
    Schema schema = REGISTRY.getSchema(SchemaLocation.of("urn:appaware:" + name));
    List<Error> errors =
        schema.validate(
            line,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    return errors.stream().map(Error::toString).toList();
  }

  /** Every line is as the schema says. */
  public void check(List<String> lines) {
    for (String line : lines) {
      assertThat(problems(line)).as(line).isEmpty();
    }
  }
}
