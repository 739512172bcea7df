package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class AddressPropertiesTest {
  @Property
  void theTextNamesTheAddress(@ForAll("addresses") Address address) throws UnknownHostException {
    assertThat(Address.of(InetAddress.getByName(address.toString()).getAddress()))
        .isEqualTo(address);
  }

  @Property
  void theBytesMakeTheAddressAgain(@ForAll("addresses") Address address) {
    assertThat(Address.of(address.bytes())).isEqualTo(address).hasSameHashCodeAs(address);
  }

  @Property
  void startsWithIsEqualityOfTheLeadingBits(
      @ForAll("addresses") Address network,
      @ForAll @IntRange(max = 127) int flipped,
      @ForAll @IntRange(max = 128) int length) {
    int bits = network.bits();
    int bit = flipped % bits;
    byte[] raw = network.bytes();
    raw[bit / 8] = (byte) (raw[bit / 8] ^ (0x80 >> (bit % 8)));
    Address address = Address.of(raw);
    int compared = Math.min(length, bits);

    assertThat(address.startsWith(network, compared))
        .isEqualTo(
            address.bits() == bits
                && number(address)
                    .shiftRight(bits - compared)
                    .equals(number(network).shiftRight(bits - compared)));
  }

  private static BigInteger number(Address address) {
    return new BigInteger(1, address.bytes());
  }

  /** Mostly zeros, so that runs of zero groups come in all places. */
  @Provide
  Arbitrary<Address> addresses() {
    Arbitrary<Byte> bytes =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just((byte) 0)), Tuple.of(1, Arbitraries.bytes()));
    return Arbitraries.oneOf(
            bytes.array(byte[].class).ofSize(4), bytes.array(byte[].class).ofSize(16))
        .map(Address::of);
  }
}
