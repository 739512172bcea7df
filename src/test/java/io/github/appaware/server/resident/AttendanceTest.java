package io.github.appaware.server.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.server.ServerStatus.ConnectedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttendanceTest {
  private static final ConnectedClient ANNA =
      new ConnectedClient("anna", "operator", "10.0.0.2", 1);
  private static final ConnectedClient WEB = new ConnectedClient("web-1", "agent", "10.0.0.3", 2);

  private final List<String> told = new ArrayList<>();
  private long seconds;
  private final Attendance attendance =
      new Attendance(told::add, () -> TimeUnit.SECONDS.toNanos(seconds));

  private List<String> after(int more, ConnectedClient... connected) {
    told.clear();
    seconds += more;
    attendance.report(List.of(connected));
    return told;
  }

  @Test
  void whoComesIsToldOnceAndWhoGoesAfterAMinute() {
    assertThat(after(1, ANNA)).containsExactly("connected: operator `anna` from 10.0.0.2");
    assertThat(after(1, ANNA, WEB)).containsExactly("connected: agent `web-1` from 10.0.0.3");
    assertThat(after(1, ANNA, WEB)).isEmpty();
    assertThat(after(1, ANNA)).isEmpty();
    assertThat(after(58, ANNA, WEB)).as("its next run").isEmpty();
    assertThat(after(59, ANNA)).isEmpty();
    assertThat(after(1, ANNA)).containsExactly("left: agent `web-1`");
    assertThat(after(1, ANNA, WEB)).containsExactly("connected: agent `web-1` from 10.0.0.3");
  }

  @Test
  void manyNamesAreTwoLines() {
    ConnectedClient[] many =
        IntStream.range(10, 1_010)
            .mapToObj(i -> new ConnectedClient("web-" + i, "agent", "10.0.0.3", 1))
            .toArray(ConnectedClient[]::new);
    String five = "agent `web-1000`, agent `web-1001`, agent `web-1002`, agent `web-1003`,";
    assertThat(after(1, many))
        .singleElement()
        .asString()
        .startsWith("connected: " + five)
        .endsWith(" and 995 more");
    assertThat(after(60, WEB))
        .hasSize(2)
        .element(1)
        .asString()
        .startsWith("left: " + five)
        .endsWith(" and 995 more");
  }
}
