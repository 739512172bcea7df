package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class CodecTest {
  static final List<Message> SAMPLES = Messages.SAMPLES;

  private static final int MUTANTS = 20_000;

  @Test
  void theSamplesAndTheRandomMessagesAreOfEveryType() {
    Class<?>[] types = types(Message.class).toArray(Class<?>[]::new);

    assertThat(SAMPLES).extracting(Object::getClass).contains(types);
    assertThat(Messages.byType()).containsOnlyKeys(types);
  }

  private static Stream<Class<?>> types(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? types(each) : Stream.of(each));
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void everySampleArrivesAsItWasSent(Message message) throws WireException {
    assertThat(Codec.decode(Codec.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void everyTruncationIsAViolation(Message message) {
    byte[] whole = Codec.encode(message);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Codec.decode(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(WireException.class);
    }
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void aByteTooManyIsAViolation(Message message) {
    byte[] whole = Codec.encode(message);

    assertThatThrownBy(() -> Codec.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(WireException.class)
        .hasMessage("a message with 1 bytes too many");
  }

  @Test
  @Timeout(30)
  void aMutatedMessageIsAMessageOrAViolation() {
    Random random = new Random(1);
    int violations = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(Codec.encode(SAMPLES.get(i % SAMPLES.size())), random);
      try {
        Codec.decode(mutant);
      } catch (WireException violation) {
        violations++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("for " + HexFormat.of().formatHex(mutant), e);
      }
    }
    assertThat(violations).isBetween(1, MUTANTS - 1);
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        default -> bytes = Arrays.copyOf(bytes, at + 1 + random.nextInt(2 * bytes.length));
      }
    }
    return bytes;
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "00, a message of unknown type 0",
    "ff, a message of unknown type 255",
    "0b000000000000000108, an event of unknown shape 8",
    "0b0000000000000001010361626300, a message with impossible content:"
        + " an address has 4 or 16 bytes; not 3",
    "0b00000000000000010308000161, number 8 of 8",
    "0b000000000000000102010404, number 4 of 4",
    "0b000000000000000102010004c0000201000100000000000000000000, a message with impossible content:"
        + " port 65536; local port 0",
    "0b000000000000000102010004c0000201ffffffff0000000000000100, a message with impossible content:"
        + " port -1; local port 1",
    "0b000000000000000104ff, number 255 of 4",
    "0b0000000000000001040000014100000000ff, an origin of 255 frames",
    "0b000000000000000102010004c000020100000001000041, a list of 65",
    "1502ff, a message that ends too early",
    "151801, a text of 6145 bytes",
    "150001ff, a text that is not UTF-8",
    "150003eda080, a text that is not UTF-8",
    "16000000000000000102, a flag of 2",
  })
  void aViolationSaysWhatIsWrong(String frame, String message) {
    assertThatThrownBy(() -> Codec.decode(HexFormat.of().parseHex(frame)))
        .isInstanceOf(WireException.class)
        .hasMessage(message.replace(';', ','));
  }

  @Test
  void aLongTextIsShortened() throws WireException {
    String longest = "\u20ac".repeat(Decoder.LONGEST_TEXT / 3);

    assertThat(decoded(new Message.Notice(longest))).isEqualTo(new Message.Notice(longest));
    assertThat(((Message.Notice) decoded(new Message.Notice(longest + "x"))).text())
        .isEqualTo("\u20ac".repeat(Decoder.LONGEST_TEXT / 3 - 3) + "...");
  }

  @Test
  void aTextWithHalfAPairStillArrives() throws WireException {
    assertThat(decoded(new Message.Notice("a\ud83d"))).isEqualTo(new Message.Notice("a?"));
  }

  @Test
  void aLongListIsShortened() throws WireException {
    Message.Summary sent =
        new Message.Summary(
            2,
            1,
            3,
            0,
            List.of(),
            0,
            List.of(),
            Collections.nCopies(70, "denial"),
            0,
            List.of(),
            0);

    assertThat(((Message.Summary) decoded(sent)).unasked())
        .isEqualTo(Collections.nCopies(Decoder.LONGEST_LIST, "denial"));
  }

  @Test
  void aDeepOriginIsShortenedToFitAFrame() throws WireException {
    String endless = "\u20ac".repeat(10_000);
    Origin.Source source = new Origin.Source(endless, endless, endless);
    Origin deep =
        new Origin(
            Collections.nCopies(10_000, new Origin.Frame(endless, endless, 1, endless, source)),
            endless);
    Event event = new Event.Resolve("a.example", null);

    assertThat(((Message.Ask) decoded(new Message.Ask(1, event, deep))).origin().frames())
        .isNotEmpty()
        .hasSizeLessThan(Origin.MOST_FRAMES);
    assertThat(Codec.encode(new Message.Ask(1, event, deep))).hasSizeLessThan(FrameChannel.LARGEST);
  }

  @Test
  void aLongCommandLineIsShortenedToFitAFrame() throws WireException {
    Application endless =
        Messages.APP.toBuilder().command(Collections.nCopies(10_000, "x".repeat(10_000))).build();

    List<String> command =
        ((Message.Measured) decoded(new Message.Measured(1, endless))).application().command();

    assertThat(command).hasSize(33).endsWith("...");
    assertThat(command.subList(0, 32)).containsOnly("x".repeat(300) + "...");
    assertThat(Codec.encode(new Message.Measured(1, endless)))
        .hasSizeLessThan(FrameChannel.LARGEST);
  }

  @Test
  void theBytesAreAsTheyAlwaysWere() {
    byte[] expected = {
      11, 0, 0, 0, 0, 0, 0, 0, 7, 3, 1, 0, 4, '/', 'r', 'u', 'n', 0, 2, '/', 'r', 0, 0, 0, 0, 0, 0
    };

    assertThat(
            Codec.encode(
                new Message.Ask(
                    7, new Event.Unix(EventKind.CONNECT, "/run", "/r"), Origin.UNKNOWN)))
        .isEqualTo(expected);
    assertThat(new String(Codec.encode(new Message.Stop("why")), StandardCharsets.US_ASCII))
        .isEqualTo("\u0019\0\u0003why");
  }

  private static Message decoded(Message message) throws WireException {
    return Codec.decode(Codec.encode(message));
  }
}
