package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.bridge.Bridge;
import org.junit.jupiter.api.Test;

class AskedPortsTest {
  private final AskedPorts ports = new AskedPorts();

  @Test
  void onlyAPortThatWasNeverAskedForIsTheSystemsChoice() {
    ports.bind(8080, Bridge.STREAM);
    assertThat(ports.isEphemeral(8080, Bridge.STREAM)).isFalse();
    assertThat(ports.isEphemeral(8081, Bridge.STREAM)).isTrue();
    assertThat(ports.isEphemeral(0, Bridge.STREAM)).isFalse();
  }

  @Test
  void protocolsHavePortsOfTheirOwn() {
    ports.bind(53, Bridge.DATAGRAM);
    assertThat(ports.isEphemeral(53, Bridge.UDP)).isFalse();
    assertThat(ports.isEphemeral(53, Bridge.STREAM)).isTrue();
    assertThat(ports.isEphemeral(53, Bridge.SCTP)).isTrue();
  }
}
