package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final String MAPPED = "00000000000000000000ffff";

  @Test
  void aMappedAddressIsTheIpv4Address() {
    Address mapped = hex(MAPPED + "c0000201");

    assertThat(mapped).isEqualTo(hex("c0000201")).hasSameHashCodeAs(hex("c0000201"));
    assertThat(mapped.bits()).isEqualTo(32);
    assertThat(mapped.bytes()).containsExactly(192, 0, 2, 1);
    assertThat(mapped).hasToString("192.0.2.1");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "000000000000000000000000c0000201, ::c000:201", // IPv4-compatible, long obsolete
    "00000000000000000000fffec0000201, ::fffe:c000:201",
    "00000000000000000001ffffc0000201, ::1:ffff:c000:201",
    "0000000000000000ffff0000c0000201, ::ffff:0:c000:201", // IPv4-translated, RFC 2765
    "0064ff9b0000000000000000c0000201, 64:ff9b::c000:201", // NAT64, RFC 6052
  })
  void anAddressThatOnlyLooksMappedIsIpv6(String bytes, String text) {
    assertThat(hex(bytes).bits()).isEqualTo(128);
    assertThat(hex(bytes)).hasToString(text);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:0db8:0:0:0:0:0:1, 2001:db8::1", // section 4.1: no leading zeros
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1", // 4.2.1: as short as possible
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // 4.2.2: not for one group
    "0:1:1:1:1:1:1:1, 0:1:1:1:1:1:1:1",
    "1:1:1:1:1:1:1:0, 1:1:1:1:1:1:1:0",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // 4.2.3: the longest run
    "2001:0:0:0:1:0:0:1, 2001::1:0:0:1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // 4.2.3: of equals the first
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
    "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa", // 4.3
  })
  void ipv6IsWrittenAsRfc5952Says(String spelling, String text) throws UnknownHostException {
    assertThat(of(spelling)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "192.0.2.255", "255.255.255.255"})
  void ipv4IsWrittenInDottedDecimal(String text) throws UnknownHostException {
    assertThat(of(text)).hasToString(text);
  }

  @ParameterizedTest(name = "{0} in {1}/{2}: {3}")
  @CsvSource({
    "192.0.2.1, 192.0.2.0, 24, true",
    "192.0.3.1, 192.0.2.0, 24, false",
    "192.0.3.1, 192.0.2.0, 23, true",
    "192.0.2.1, 192.0.2.1, 32, true",
    "192.0.2.0, 192.0.2.1, 32, false",
    "192.0.2.0, 192.0.2.1, 31, true",
    "255.0.0.0, 127.0.0.0, 1, false",
    "255.0.0.0, 127.0.0.0, 0, true",
    "fe80::1, fe80::, 10, true",
    "febf::1, fe80::, 10, true",
    "fec0::1, fe80::, 10, false",
    "2001:db8::1, 2001:db8::, 128, false",
    "2001:db8::1, 2001:db8::, 127, true",
    "::1, ::, 0, true",
    "0.0.0.0, ::, 0, false",
    "::, 0.0.0.0, 0, false",
  })
  void startsWithComparesSoManyBitsWithinOneFamily(
      String address, String network, int length, boolean expected) throws UnknownHostException {
    assertThat(of(address).startsWith(of(network), length)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"0.0.0.0, true", "::, true", "0.0.0.1, false", "128.0.0.0, false", "::1, false"})
  void theWildcardIsAllZeros(String address, boolean expected) throws UnknownHostException {
    assertThat(of(address).isWildcard()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 15, 17})
  void anyOtherLengthIsNoAddress(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.of(new byte[length]))
        .withMessage("an address has 4 or 16 bytes, not " + length);
  }

  @Test
  void nobodyCanChangeAnAddress() {
    byte[] raw = {127, 0, 0, 1};
    Address address = Address.of(raw);
    raw[0] = 10;
    address.bytes()[0] = 10;

    assertThat(address).hasToString("127.0.0.1");
  }

  private static Address of(String literal) throws UnknownHostException {
    return Address.of(InetAddress.getByName(literal).getAddress());
  }

  private static Address hex(String bytes) {
    return Address.of(HexFormat.of().parseHex(bytes));
  }
}
