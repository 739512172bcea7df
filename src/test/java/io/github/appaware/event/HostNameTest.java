package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "example.com, example.com",
    "Example.COM, example.com",
    "example.com., example.com",
    "., ''",
    "'', ''",
    "_service._tcp.Example.com, _service._tcp.example.com",
    "b\u00fccher.example, xn--bcher-kva.example",
    "B\u00dcCHER.example., xn--bcher-kva.example",
    "xn--BCHER-kva.example, xn--bcher-kva.example",
    "example\u3002com\u3002, example.com", // the ideographic full stop is a dot, RFC 3490
    "\uff45xample.com, example.com", // full-width e
    // As the system's resolver reads backslashes, RFC 1035, section 5.1.
    "'ex\\097mple.c\\om', example.com",
    "'ex\\065mple.com', example.com",
    "'a\\046b.example', 'a\\046b.example'",
    "'a\\.b.example', 'a\\046b.example'",
    "'a\\\\b.example', 'a\\092b.example'",
    "'a\\000b\\032\\200.example\\.', 'a\\000b\\032\\200.example\\046'",
    "'a\\300b.example', a300b.example",
    "'b\u00fcch\\101r.example', xn--bcher-kva.example",
    "'example.com\\', 'example.com\\'",
  })
  void aNameHasOneNormalForm(String name, String normal) {
    assertThat(HostName.normal(name)).isEqualTo(normal);
    assertThat(HostName.normal(normal)).isEqualTo(normal);
  }

  @Test
  void aNameThatIdnaRefusesStaysInLowerCase() {
    String label = "\u00fc".repeat(64);

    assertThat(HostName.normal(label + ".Example.")).isEqualTo(label + ".example");
  }

  @Test
  void theUsersLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr")); // where the small I has no dot
      assertThat(HostName.normal("WIKI.example")).isEqualTo("wiki.example");
    } finally {
      Locale.setDefault(before);
    }
  }
}
