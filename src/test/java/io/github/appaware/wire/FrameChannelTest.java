package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameChannelTest {
  /** Longer than the buffer that a channel begins with. */
  private static final Message LONG =
      new Message.Summary(
          2,
          0,
          3,
          0,
          List.of(),
          0,
          List.of(),
          Collections.nCopies(10, "x".repeat(1000)),
          0,
          List.of(),
          4);

  private static final List<Message> THREE =
      List.of(new Message.Noted(1), LONG, new Message.Stop("over"));

  @Test
  void messagesArriveWhereverTheNetworkSplitsThem() throws IOException {
    byte[] bytes = bytes(THREE);
    for (int first = 0; first <= bytes.length; first++) {
      assertThat(all(Trickle.split(bytes, first))).as("split at %d", first).isEqualTo(THREE);
    }
  }

  @Test
  void messagesArriveByteByByte() throws IOException {
    assertThat(all(Trickle.single(bytes(Messages.SAMPLES)))).isEqualTo(Messages.SAMPLES);
  }

  @Test
  void aMessageIsWrittenWholeThoughTheChannelTakesLittle() throws IOException {
    Trickle trickle = new Trickle();
    new FrameChannel(trickle).write(LONG);

    assertThat(trickle.written()).isEqualTo(bytes(List.of(LONG)));
  }

  @Test
  void aFrameIsTheLengthOfTheRestThenTheMessage() throws IOException {
    assertThat(bytes(List.of(new Message.Epoch(258))))
        .isEqualTo(new byte[] {0, 0, 0, 5, 24, 0, 0, 1, 2});
  }

  @Test
  void theEndBetweenFramesIsNoMessageAndStaysTheEnd() throws IOException {
    FrameChannel channel = new FrameChannel(Trickle.single(bytes(List.of(new Message.Noted(1)))));

    assertThat(channel.read()).isEqualTo(new Message.Noted(1));
    assertThat(channel.read()).isNull();
    assertThat(channel.read()).isNull();
  }

  @Test
  void theEndWithinAFrameIsNoQuietEnd() throws IOException {
    byte[] bytes = bytes(List.of(new Message.Stop("over")));
    for (int length = 1; length < bytes.length; length++) {
      FrameChannel channel = new FrameChannel(Trickle.single(Arrays.copyOf(bytes, length)));
      assertThatThrownBy(channel::read)
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(EOFException.class)
          .hasMessage("the connection ended within a frame");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, FrameChannel.LARGEST + 1, Integer.MAX_VALUE})
  void aLengthThatNoFrameHasIsAViolation(int length) {
    byte[] bytes = ByteBuffer.allocate(8).putInt(length).array();

    assertThatThrownBy(new FrameChannel(Trickle.split(bytes, 8))::read)
        .isInstanceOf(WireException.class)
        .hasMessage("a frame of " + length + " bytes");
  }

  @Test
  void theLargestFrameIsReadToItsEnd() {
    byte[] bytes =
        ByteBuffer.allocate(4 + FrameChannel.LARGEST).putInt(FrameChannel.LARGEST).array();
    bytes[4] = 23; // Noted, with far too many bytes

    assertThatThrownBy(new FrameChannel(Trickle.split(bytes, 5))::read)
        .isInstanceOf(WireException.class)
        .hasMessage("a message with " + (FrameChannel.LARGEST - 9) + " bytes too many");
  }

  @Test
  void aMessageTooLongForAFrameIsNotSent() {
    Event event =
        new Event.Inet(EventKind.CONNECT, Protocol.TCP, Address.of(new byte[4]), 1)
            .withNames(Collections.nCopies(64, "x".repeat(2000)));
    Trickle trickle = new Trickle();

    assertThatThrownBy(
            () -> new FrameChannel(trickle).write(new Message.Ask(1, event, Origin.UNKNOWN)))
        .isInstanceOf(WireException.class)
        .hasMessageMatching("a message of 128\\d+ bytes");
    assertThat(trickle.written()).isEmpty();
  }

  @Test
  void closingClosesTheChannel() throws IOException {
    Trickle trickle = new Trickle();
    FrameChannel channel = new FrameChannel(trickle);
    channel.close();

    assertThat(trickle.isOpen()).isFalse();
    assertThatThrownBy(channel::read).isInstanceOf(ClosedChannelException.class);
  }

  private static List<Message> all(Trickle trickle) throws IOException {
    FrameChannel channel = new FrameChannel(trickle);
    List<Message> messages = new ArrayList<>();
    for (Message message = channel.read(); message != null; message = channel.read()) {
      messages.add(message);
    }
    return messages;
  }

  private static byte[] bytes(List<Message> messages) throws WireException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Message message : messages) {
      bytes.writeBytes(FrameChannel.frame(message).array());
    }
    return bytes.toByteArray();
  }
}
