package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecPropertiesTest {
  @Property(tries = 5000)
  void everyMessageArrivesAsItWasSent(@ForAll("messages") Message message) throws WireException {
    assertThat(Codec.decode(Codec.encode(message))).isEqualTo(message);
  }

  @Property(tries = 5000)
  void randomBytesAreAMessageOrAViolation(@ForAll byte[] bytes) {
    try {
      assertThat(Codec.encode(Codec.decode(bytes))).isNotEmpty();
    } catch (WireException violation) {
      assertThat(violation).hasMessageMatching("(a|an|number) .+");
    }
  }

  @Provide
  Arbitrary<Message> messages() {
    return Messages.any();
  }
}
