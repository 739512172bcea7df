package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  private static String hidden(String words) {
    return String.join("|", Secrets.hidden(List.of(words.split("\\|", -1))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "java|-jar|app.jar, java|-jar|app.jar",
        "java|-Ddb.password=hunter2|-jar|app.jar, java|-Ddb.password=***|-jar|app.jar",
        "java|-Dhttp.proxyPassword=hunter2, java|-Dhttp.proxyPassword=***",
        "java|-Djavax.net.ssl.trustStorePassword=changeit,"
            + " java|-Djavax.net.ssl.trustStorePassword=***",
        "app|--password|hunter2|x, app|--password|***|x",
        "app|--password=hunter2|x, app|--password=***|x",
        "app|--password|--verbose, app|--password|--verbose",
        "app|--api-key|abc, app|--api-key|***",
        "app|--API_KEY=abc, app|--API_KEY=***",
        "app|-Pgpg.passphrase=abc, app|-Pgpg.passphrase=***",
        "app|--password-file=/etc/pw, app|--password-file=/etc/pw",
        "app|--token-file|/etc/pw, app|--token-file|/etc/pw",
        "env|GITHUB_TOKEN=abc|mvn, env|GITHUB_TOKEN=***|mvn",
        "env|MYSQL_PWD=abc|PWD=/home, env|MYSQL_PWD=***|PWD=/home",
        "git|clone|https://me:hunter2@example.com/x.git, git|clone|https://me:***@example.com/x.git",
        "git|clone|https://sometoken@example.com/x.git, git|clone|https://***@example.com/x.git",
        "git|clone|ssh://git@example.com/x.git, git|clone|ssh://git@example.com/x.git",
        "git|clone|git@example.com:x.git, git|clone|git@example.com:x.git",
        "app|jdbc:postgresql://db/x?user=me&password=hunter2&ssl=true,"
            + " app|jdbc:postgresql://db/x?user=me&password=***&ssl=true",
        "app|https://a.example/?access_token=abc#x, app|https://a.example/?access_token=***#x",
        "app|-Dproxy=http://u:p@proxy:3128," + " app|-Dproxy=http://u:***@proxy:3128",
        "curl|-u|me:hunter2|https://a.example, curl|-u|me:***|https://a.example",
        "/usr/bin/curl|--proxy-user|me:hunter2, /usr/bin/curl|--proxy-user|me:***",
        "tar|-u|a:b, tar|-u|a:b",
        "curl|-H|Authorization: Bearer abc.def, curl|-H|Authorization: Bearer ***",
        "curl|-H|X-Api-Key: abc, curl|-H|X-Api-Key: ***",
        "curl|-H|Authorization:abc, curl|-H|Authorization:***",
        "sh|-c|curl -H 'Authorization: Basic abc' -u me:pw https://x, "
            + "sh|-c|curl -H 'Authorization: Basic *** -u me:*** https://x",
        "sh|-c|export DB_PASSWORD=abc; run, sh|-c|export DB_PASSWORD=*** run",
        "app|ghp_0123456789abcdefABCDEF0123456789abcd, app|ghp_***",
        "app|key=AKIAIOSFODNN7EXAMPLE, app|key=AKIA***",
        "app|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-, app|eyJ***",
        "app|sk-short, app|sk-short",
        "app|a:b, app|a:b",
        "app|C:\\tokens\\x, app|C:\\tokens\\x",
      })
  void secretsAreHiddenAndNothingElse(String words, String shown) {
    assertThat(hidden(words)).isEqualTo(shown);
  }

  @Test
  void nothingIsHiddenOfNothing() {
    assertThat(Secrets.hidden(List.of())).isEmpty();
  }

  @Property
  void aCommandLineKeepsItsWords(@ForAll List<String> words) {
    List<String> shown = Secrets.hidden(words);

    assertThat(shown).hasSameSizeAs(words);
    assertThat(Secrets.hidden(shown)).hasSameSizeAs(shown);
  }

  @Property
  void aPasswordNeverStays(@ForAll List<String> before) {
    List<String> words = new ArrayList<>(before);
    words.add("--db-password=Zq7hunter2");
    words.add("http://u:Zq7hunter2@h/");

    assertThat(String.join(" ", Secrets.hidden(words))).doesNotContain("Zq7hunter2");
  }
}
