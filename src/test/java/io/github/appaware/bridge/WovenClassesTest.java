package io.github.appaware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.bridge.WovenClasses.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WovenClassesTest {
  private static final WovenClasses BUNDLE =
      new WovenClasses(
          List.of(bytes("bridge"), bytes("random")),
          List.of(bytes("bridge")),
          Pair.of(bytes("bridge"), bytes("woven bridge")),
          Map.of(
              "sun/nio/ch/Net", Pair.of(bytes("net"), bytes("woven net")),
              "java/net/InetAddress", Pair.of(bytes(""), bytes("woven address"))));

  @Test
  void whatWasWrittenIsRead() throws IOException {
    assertSame(WovenClasses.of(BUNDLE.toBytes()), BUNDLE);
  }

  @Test
  void classesAreFoundByInternalNameAndListedByBinaryName() {
    assertThat(BUNDLE.get("sun/nio/ch/Net").woven()).isEqualTo(bytes("woven net"));
    assertThat(BUNDLE.get("sun.nio.ch.Net")).isNull();
    assertThat(BUNDLE.get("sun/nio/ch/IOUtil")).isNull();
    assertThat(BUNDLE.names()).containsOnly("sun.nio.ch.Net", "java.net.InetAddress");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = BUNDLE.toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> WovenClasses.of(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aByteTooManyIsRefused() {
    byte[] whole = BUNDLE.toBytes();

    assertThatThrownBy(() -> WovenClasses.of(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("a damaged bundle of woven classes");
  }

  @ParameterizedTest(name = "byte {0}")
  @ValueSource(ints = {0, 3, 4, 7})
  void anotherMagicOrLayoutIsOfAnotherVersion(int at) {
    byte[] content = BUNDLE.toBytes();
    content[at]++;

    assertThatThrownBy(() -> WovenClasses.of(content))
        .isInstanceOf(IOException.class)
        .hasMessage("not a bundle of woven classes of this version");
  }

  @Test
  void aBundleOfNothingIsRefused() {
    WovenClasses noBridge =
        new WovenClasses(
            List.of(), BUNDLE.transportBridges(), BUNDLE.lookupLender(), BUNDLE.classes());
    WovenClasses noClass =
        new WovenClasses(
            BUNDLE.bridge(), BUNDLE.transportBridges(), BUNDLE.lookupLender(), Map.of());

    assertThatThrownBy(() -> WovenClasses.of(noBridge.toBytes())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> WovenClasses.of(noClass.toBytes())).isInstanceOf(IOException.class);
  }

  @Test
  void damageIsNeverAnyOtherException() {
    Random random = new Random(1);
    byte[] whole = BUNDLE.toBytes();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        WovenClasses.of(damaged);
      } catch (IOException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("for " + HexFormat.of().formatHex(damaged), e);
      }
    }
    assertThat(refused).isPositive();
  }

  private static void assertSame(WovenClasses actual, WovenClasses expected) {
    assertThat(actual.bridge())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(expected.bridge());
    assertThat(actual.transportBridges())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(expected.transportBridges());
    assertThat(actual.lookupLender()).usingRecursiveComparison().isEqualTo(expected.lookupLender());
    assertThat(actual.classes()).usingRecursiveComparison().isEqualTo(expected.classes());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
