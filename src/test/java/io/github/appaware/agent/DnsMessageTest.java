package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.testkit.DnsBytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names in queries are read as a name server reads them, or the query is denied. */
class DnsMessageTest {
  private static String name(byte[] name) throws Exception {
    DnsMessage query = DnsMessage.query(DnsBytes.query(1).question(name, DnsBytes.A).bytes());
    return query.questions().get(0).name;
  }

  @Test
  void aNameIsInNormalForm() throws Exception {
    assertThat(name(DnsBytes.name("Api.EXAMPLE"))).isEqualTo("api.example");
    assertThat(name(new byte[1])).isEqualTo(".");
  }

  @Test
  void aDotWithinALabelIsNoDot() throws Exception {
    assertThat(name(DnsBytes.name("api\\.example"))).isEqualTo("api\\046example");
    assertThat(name(DnsBytes.name("a\0b.example"))).isEqualTo("a\\000b.example");
    assertThat(name(DnsBytes.name("a b.example"))).isEqualTo("a\\032b.example");
    assertThat(name(DnsBytes.name("a\u00e9.example"))).isEqualTo("a\\233.example");
  }

  /** Some name servers follow a pointer even in a question. */
  @Test
  void aPointerIsFollowed() throws Exception {
    byte[] first = DnsBytes.name("evil.example");
    byte[] query =
        DnsBytes.query(1)
            .question(first, DnsBytes.A)
            .question(new byte[] {3, 'a', 'p', 'i', (byte) 0xc0, 12}, DnsBytes.A)
            .bytes();

    assertThat(DnsMessage.query(query).questions())
        .extracting(each -> each.name)
        .containsExactly("evil.example", "api.evil.example");
  }

  @Test
  void aNameThatCannotBeReadIsDenied() {
    byte[] loop = {(byte) 0xc0, 12};
    assertThatThrownBy(() -> name(loop)).hasMessage("a name has no end");
    byte[] longLabel = new byte[100];
    longLabel[0] = 70;
    assertThatThrownBy(() -> name(longLabel)).hasMessage("a name is too long");
    byte[] longName = new byte[300];
    Arrays.fill(longName, (byte) 1);
    assertThatThrownBy(() -> name(longName)).hasMessage("a name is too long");
    byte[] beyond = {(byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> name(beyond)).hasMessage("it is cut off");
    byte[] cut = Arrays.copyOf(DnsBytes.query(1).question("api.example", 1).bytes(), 20);
    assertThatThrownBy(() -> DnsMessage.query(cut)).hasMessage("it is cut off");
  }

  @Test
  void whatIsNoQueryIsLeftAlone() throws Exception {
    assertThat(DnsMessage.query(new byte[11])).isNull();
    assertThat(DnsMessage.query(DnsBytes.answer(1).question("a.example", 1).bytes())).isNull();
    assertThat(DnsMessage.query(new byte[65_507]).questions()).isEmpty();
  }

  @Test
  void anyBytesAreReadInNoTime() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      if (bytes.length > 12 && i % 2 == 0) {
        bytes[4] = 0;
        bytes[5] = 1;
        bytes[6] = 0;
        bytes[7] = (byte) (i % 5);
        Arrays.fill(bytes, 12, bytes.length, i % 4 == 0 ? (byte) 0xc0 : bytes[12]);
      }
      try {
        DnsMessage.query(bytes);
      } catch (DnsMessage.Unreadable e) {
        assertThat(e).hasMessageMatching("it is cut off|a name .*|it has too many questions");
      }
      DnsMessage.answer(bytes);
    }
  }
}
