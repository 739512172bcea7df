package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ResolvedNamesTest {
  private static final byte[] RAW = {(byte) 192, 0, 2, 1};
  private static final Address ADDRESS = Address.of(RAW);

  private final ResolvedNames names = new ResolvedNames();

  /** As the resolver hands it out. */
  private InetAddress resolved(String name) throws UnknownHostException {
    InetAddress found = InetAddress.getByAddress(name, RAW);
    names.resolved(name, new InetAddress[] {found});
    return found;
  }

  private static String named(BiFunction<InetAddress, Address, String> names, InetAddress object) {
    return names.apply(object, object == null ? null : Address.of(object.getAddress()));
  }

  @Test
  void eachObjectHasTheNameThatItWasResolvedBy() throws Exception {
    InetAddress a = resolved("a.example");
    InetAddress b = resolved("B.Example.");

    assertThat(a).as("for the JDK they are equal").isEqualTo(b);
    assertThat(named(names::askedFor, a)).isEqualTo("a.example");
    assertThat(named(names::askedFor, b)).isEqualTo("b.example");
    assertThat(names.of(ADDRESS)).containsExactly("b.example", "a.example");
  }

  @Test
  void aCopyAndALabelAreNoName() throws Exception {
    InetAddress a = resolved("a.example");

    assertThat(named(names::askedFor, InetAddress.getByAddress(a.getHostName(), a.getAddress())))
        .isNull();
    assertThat(named(names::askedFor, InetAddress.getByAddress(RAW))).isNull();
    assertThat(named(names::askedFor, null)).isNull();
  }

  /** As the application can have its {@code readObject} make another address of it. */
  @Test
  void anObjectThatBecameAnotherAddressHasNoName() throws Exception {
    InetAddress a = resolved("a.example");

    assertThat(names.askedFor(a, ADDRESS)).isEqualTo("a.example");
    assertThat(names.askedFor(a, Address.of(new byte[] {(byte) 192, 0, 2, 2}))).isNull();
  }

  /** The JDK's cache may hand out one object for several names: the last one was asked for. */
  @Test
  void theLastNameOfAnObjectCounts() throws Exception {
    InetAddress a = resolved("a.example");
    names.resolved("b.example", new InetAddress[] {a});

    assertThat(named(names::askedFor, a)).isEqualTo("b.example");
  }

  @Test
  void beyondTheLimitAnObjectHasKnownNamesOnly() throws Exception {
    List<InetAddress> held = fill();
    InetAddress more = resolved("more.example");

    assertThat(named(names::askedFor, held.get(0))).isEqualTo("name.example");
    assertThat(named(names::askedFor, more)).isNull();
    assertThat(names.of(ADDRESS)).contains("more.example");
  }

  /** As the limit shows: an object that is gone makes room for another. */
  @Test
  @Timeout(300)
  void objectsAreHeldWeakly() throws Exception {
    List<InetAddress> held = fill();
    assertThat(named(names::askedFor, resolved("more.example"))).isNull();
    held.clear();

    String name = null;
    while (name == null) {
      System.gc();
      name = named(names::askedFor, resolved("more.example"));
    }
    assertThat(name).isEqualTo("more.example");
  }

  private List<InetAddress> fill() throws UnknownHostException {
    List<InetAddress> held = new ArrayList<>();
    for (int i = 0; i < AskedNames.MOST; i++) {
      held.add(resolved("name.example"));
    }
    return held;
  }
}
