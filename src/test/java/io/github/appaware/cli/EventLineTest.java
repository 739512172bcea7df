package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventLineTest {
  private static final String LINE =
      "{'time':'2026-06-01T12:00:01.5Z','run':'4f2a','machine':'host','user':'me','pid':1,"
          + "'app':{'file':'app.jar','kind':'jar'},EVENT,'verdict':'deny',"
          + "'reason':{'kind':'rule','rule':'x','at':'p.toml:3'},'epoch':1,'count':1}";
  private static final String CONNECT =
      "'event':'connect','protocol':'tcp','host':'example.com','address':'192.0.2.1','port':443";

  @Test
  void theTimeIsLocalAndSaysByHowMuch() {
    assertThat(EventLine.of(line(CONNECT), ZoneId.of("Europe/Berlin")))
        .isEqualTo(
            "14:00:01+02:00 app.jar connect tcp example.com:443 denied by rule \"x\" (p.toml:3)");
    assertThat(show(CONNECT)).startsWith("12:00:01Z app.jar ");
  }

  @Test
  void everyEventSaysWhatItIsAbout() {
    assertThat(show("'event':'resolve','host':'a\\u001b'")).contains("resolve a\\u001b denied");
    assertThat(show("'event':'resolve','address':'::1'")).contains("resolve ::1 denied");
    assertThat(show("'event':'bind','protocol':'udp','address':'::1','port':0"))
        .contains("bind udp [::1]:0 denied");
    assertThat(show("'event':'accept','protocol':'tcp','address':'::1','local':80"))
        .contains("accept tcp [::1] denied");
    assertThat(show("'event':'listen','protocol':'unix','path':'/run/x'"))
        .contains("listen unix /run/x denied");
    assertThat(
            show(
                "'event':'connect','protocol':'unix','path':'/run/x',"
                    + "'peer':{'place':'outside','pid':7,'user':'me','file':'x'}"))
        .contains("connect unix /run/x (x, process 7 of user me, not of this run) denied");
    assertThat(show("'event':'blind','way':'process','what':'/bin/ls'"))
        .contains("blind /bin/ls denied");
  }

  @Test
  void theIdTheVerdictAndTheCountAreSaid() {
    String line =
        line(CONNECT)
            .replace("\"file\":", "\"id\":\"billing\",\"file\":")
            .replace("deny", "allow")
            .replace("\"count\":1", "\"count\":3");

    assertThat(EventLine.of(line, ZoneOffset.UTC))
        .isEqualTo(
            "12:00:01Z billing connect tcp example.com:443 allowed by rule \"x\" (p.toml:3) x3");
    assertThat(EventLine.isAllowed(line)).isTrue();
    assertThat(EventFilter.DENIED.includes(line)).isFalse();
    assertThat(EventFilter.ALL.includes(line)).isTrue();
  }

  @Test
  void aLineOfALaterVersionIsShownAsItIsAndCountsAsDenied() {
    String line = line("'event':'teleport'").replace("deny", "allow");

    assertThat(EventLine.of(line, ZoneOffset.UTC))
        .startsWith("an event that this version can't read: {\"time\":\"2026-")
        .doesNotContain("\n");
    assertThat(EventFilter.DENIED.includes(line)).isTrue();
    assertThat(EventFilter.NONE.includes(line)).isFalse();
  }

  private static String show(String event) {
    return EventLine.of(line(event), ZoneOffset.UTC);
  }

  private static String line(String event) {
    return LINE.replace("EVENT", event).replace('\'', '"');
  }
}
