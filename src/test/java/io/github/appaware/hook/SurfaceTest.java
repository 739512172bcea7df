package io.github.appaware.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.hook.Surface.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A JDK reaches the network, loads native code and agents, and starts processes through its native
 * methods. Each is listed, with the hooks before it or the reason why it needs none; a method that
 * an update adds fails the test, and so does a new way to one of them past its hooks.
 */
@ParameterizedClass
@EnumSource
class SurfaceTest {
  /** Newer than any that is tested. */
  private static final int NEWEST = 30;

  private static final Map<Jdk, Surface> SURFACES = new EnumMap<>(Jdk.class);

  @Parameter Jdk jdk;

  private Surface surface;
  private List<Native> listed;
  private List<Hook> rows;

  @BeforeEach
  void read() throws IOException {
    listed = Native.listed();
    rows = HookTable.of(JdkClasses.feature(jdk.home()));
    synchronized (SURFACES) {
      surface = SURFACES.get(jdk);
      if (surface == null) {
        surface = Surface.of(jdk.home());
        SURFACES.put(jdk, surface);
      }
    }
  }

  @Test
  void everyNativeMethodIsListed() {
    Set<String> known = listed.stream().map(Native::method).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(surface.natives());
    unknown.removeAll(known);

    assertThat(surface.natives()).hasSizeGreaterThan(1000);
    assertThat(unknown).as("native methods that nobody has looked at").isEmpty();
  }

  @Test
  void everyHookThatIsNamedIsInTheTableOfSomeJdk() {
    Set<String> hooked = new HashSet<>();
    for (int feature = 17; feature <= NEWEST; feature++) {
      HookTable.of(feature).forEach(row -> hooked.add(row.type() + "." + row.method()));
    }
    Set<String> named =
        listed.stream().flatMap(each -> each.hooks().stream()).collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(25);
    assertThat(hooked).containsAll(named);
  }

  @Test
  void nothingInTheJdkReachesANativeMethodPastItsHooks() {
    List<String> past = new ArrayList<>();
    int checked = 0;
    for (Native each : listed) {
      if (!each.hooks().isEmpty() && surface.natives().contains(each.method())) {
        checked++;
        for (Method way : surface.waysTo(each, stops(each))) {
          past.add(each.method() + " by way of " + way);
        }
      }
    }
    assertThat(checked).isGreaterThan(15);
    assertThat(past).isEmpty();
  }

  @Test
  void withoutItsHooksEachWouldBeReached() {
    for (Native each : listed) {
      if (!each.hooks().isEmpty() && surface.natives().contains(each.method())) {
        assertThat(surface.waysTo(each, Set.of()))
            .as("what leads to " + each.method())
            .isNotEmpty();
      }
    }
  }

  private Set<Method> stops(Native each) {
    Set<Method> hooked = hooked(each.hooks());
    return each.beside() ? surface.callersOf(hooked) : hooked;
  }

  /** The methods of the table's rows of these names. */
  private Set<Method> hooked(Set<String> names) {
    Set<Method> methods = new HashSet<>();
    for (Hook row : rows) {
      if (names.contains(row.type() + "." + row.method())) {
        row.descriptors()
            .forEach(each -> methods.add(new Method(row.internalName(), row.method(), each)));
      }
    }
    return methods;
  }
}
