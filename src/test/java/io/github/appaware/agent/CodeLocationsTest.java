package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeLocationsTest {
  @ParameterizedTest
  @CsvSource({
    "file:/lib/a.jar, /lib/a.jar",
    "file:///lib/a.jar, /lib/a.jar",
    "file:/classes/, /classes",
    "file:/, /",
    "file:/with%20blank/%C3%BC+.jar, /with blank/ü+.jar",
    "file:/odd%2, /odd%2",
    "file:/odd%zz, /odd%zz",
    "jar:file:/app.jar!/, /app.jar",
    "jar:file:/app.jar!/BOOT-INF/classes!/, /app.jar!/BOOT-INF/classes",
    "jar:file:/app.jar!/BOOT-INF/classes/, /app.jar!/BOOT-INF/classes",
    "jar:file:/app.jar!/BOOT-INF/lib/a.jar!/, /app.jar!/BOOT-INF/lib/a.jar",
    "jar:nested:/app.jar/!BOOT-INF/lib/a.jar!/, /app.jar!/BOOT-INF/lib/a.jar",
    "jar:nested:/app.jar/!BOOT-INF/classes/!/, /app.jar!/BOOT-INF/classes",
    "https://example.com/a.jar, https://example.com/a.jar",
    "jrt:/java.base, jrt:/java.base",
  })
  void aCodeSourceIsAPath(String url, String path) {
    assertThat(CodeLocations.path(url)).isEqualTo(path);
  }
}
