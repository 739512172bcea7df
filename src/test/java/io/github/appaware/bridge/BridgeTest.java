package io.github.appaware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.AttacksOnHooks;
import io.github.appaware.target.Probe;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BridgeTest {
  @Test
  void attacksNameTheFieldsThatHoldItsState() {
    assertThat(
            Arrays.stream(Bridge.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !isConstant(field))
                .map(Field::getName))
        .containsExactlyInAnyOrderElementsOf(AttacksOnHooks.BRIDGE_FIELDS)
        .contains(Probe.CHECKER_FIELD);
  }

  private static boolean isConstant(Field field) {
    return Modifier.isFinal(field.getModifiers())
        && (field.getType().isPrimitive() || field.getType() == String.class);
  }
}
