package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostListTest {
  @TempDir Path dir;

  @Test
  void aNameALineIsThatNameAlone() throws Exception {
    HostList list = list("one.example\nTWO.example.\n\n  three.example\t\n_x.a-b.example");
    assertThat(list.size()).isEqualTo(4);
    for (String name : List.of("one", "two", "three", "_x.a-b")) {
      assertThat(list.contains(name + ".example")).as(name).isTrue();
      assertThat(list.contains("sub." + name + ".example")).as(name).isFalse();
    }
    assertThat(list.contains("example")).isFalse();
    assertThat(list.contains("")).isFalse();
  }

  @Test
  void linesOfAHostsFileAreAnAddressAndNames() throws Exception {
    HostList list = list("0.0.0.0 a.example b.example\n::1\tc.example\nfe80::1%lo0 d.example");
    assertThat(list.size()).isEqualTo(4);
    assertThat(list.contains("b.example")).isTrue();
    assertThat(list.contains("c.example")).isTrue();
    assertThat(list.contains("d.example")).isTrue();
  }

  @Test
  void whatAHostsFileSaysAboutTheMachineIsLeftOut() throws Exception {
    HostList list =
        list(
            "127.0.0.1 localhost localhost.localdomain local",
            "255.255.255.255 broadcasthost",
            "::1 ip6-localhost ip6-loopback",
            "0.0.0.0 0.0.0.0",
            "0.0.0.0 a.example");
    assertThat(list.size()).isEqualTo(1);
    assertThat(list.contains("localhost")).isFalse();
    assertThat(list("localhost").contains("localhost")).isTrue();
  }

  @Test
  void commentsEmptyLinesCarriageReturnsAndOneByteOrderMarkAreFine() throws Exception {
    HostList list =
        list("\ufeff# hosts\r\n\r\na.example # x\r\n0.0.0.0 b.example#y\r\n#\u00fc\r\n");
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.contains("a.example")).isTrue();
    assertThat(list.contains("b.example")).isTrue();
  }

  @Test
  void aStarIsEveryNameBelow() throws Exception {
    HostList list = list("*.a.example\n0.0.0.0 *.b.example");
    assertThat(list.contains("x.a.example")).isTrue();
    assertThat(list.contains("x.y.b.example")).isTrue();
    assertThat(list.contains("a.example")).isFalse();
    assertThat(list.contains("xa.example")).isFalse();
    assertThat(list.contains(".a.example")).isFalse();
  }

  @Test
  void namesOfAllLanguagesAreComparedInAscii() throws Exception {
    HostList list = list("b\u00fccher.example\nB\u00dcCHER2.example\nxn--bcher-kva.example");
    assertThat(list.contains("xn--bcher-kva.example")).isTrue();
    assertThat(list.contains("xn--bcher2-3ya.example")).isTrue();
  }

  @Test
  void allProblemsAreReportedWithTheirPlaces() throws Exception {
    Path list = dir.resolve("list.txt");
    Files.write(
        list,
        """
        a.example b.example
        0.0.0.0 \u00fc.example 1.2.3.4
        192.0.2.1
          http://x/
        a..b
        *.
        *
        0x10
        """
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> policy("list.txt"))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            String.join(
                "\n",
                list + ":1:11: `b.example` is a second name on the line",
                "  help: write one name per line, or an address and its names as in `/etc/hosts`",
                list + ":2:19: `1.2.3.4` is an address, not a host name",
                "  help: use `address`",
                list + ":3:1: `192.0.2.1` is an address, not a host name",
                "  help: use `address`",
                list + ":4:3: `http://x/` is a URL, not a host name",
                "  help: write the host alone: `x`",
                list + ":5:1: `a..b` has an empty label",
                list + ":6:1: `*.` is not a host pattern",
                "  help: `*` can only be the whole first label, as in `*.example.com`",
                list + ":7:1: `*` is not a host pattern",
                "  help: leave `host` out to match every host",
                list + ":8:1: `0x10` is an address, not a host name",
                "  help: use `address`"));
  }

  @Test
  void aLineThatNamesNoHostIsLeftOutWithAWarning() throws Exception {
    Path list = dir.resolve("list.txt");
    Files.writeString(
        list,
        """
        0.0.0.0 a.example id@x.example b.example
        some words of prose
        stra\u00dfe.example
        \ud83e\udd80.example
        c.example
        d.example
        """);
    Policy policy = policy("list.txt");
    HostList names = policy.rules().get(0).hostLists().get(0);
    assertThat(names.size()).isEqualTo(4);
    for (String name : List.of("a", "b", "c", "d")) {
      assertThat(names.contains(name + ".example")).as(name).isTrue();
    }
    assertThat(names.contains("some")).isFalse();
    assertThat(policy.timelessWarnings())
        .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
        .containsExactly(
            "1:19 no host name has the character `@` of `id@x.example`; left out",
            "2:6 `words` is a second name on the line; left out",
            "3:1 `stra\u00dfe.example` means different names to different resolvers; left out",
            "4:1 `\ud83e\udd80.example` has characters that Java's international names lack; left"
                + " out");
  }

  @Test
  void linesOfAdBlockAndDnsmasqAreNamesAndAllBelowThem() throws Exception {
    HostList list =
        list(
            "\ufeff[Adblock Plus 2.0]\r",
            "! Title: ads\r",
            "||a.example^\r",
            "||B.example.^",
            "address=/c.example/0.0.0.0",
            "address=/d.example/e.example/#",
            "local=/f.example/",
            "server=/b\u00fccher.example/ # comment");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "xn--bcher-kva")) {
      assertThat(list.contains(name + ".example")).as(name).isTrue();
      assertThat(list.contains("x.y." + name + ".example")).as(name).isTrue();
      assertThat(list.contains("x" + name + ".example")).as(name).isFalse();
    }
    assertThat(list.size()).isEqualTo(14);
  }

  @Test
  void filtersThatAreAboutMoreThanANameAreLeftOut() throws Exception {
    for (String line :
        List.of(
            "||x.example^$third-party",
            "||x.example/path^",
            "|https://x.example^",
            "x.example##.ad",
            "x.example#@#.ad",
            "server=/x.example/192.0.2.1",
            "address=/#/0.0.0.0",
            "||*.x.example^")) {
      HostList list = list(line, "good.example");
      assertThat(list.size()).as(line).isEqualTo(1);
      assertThat(list.contains("x.example")).as(line).isFalse();
    }
  }

  @Test
  void aListOfSomethingElseShowsTwentyProblemsOnly() throws Exception {
    Files.writeString(dir.resolve("list.txt"), "<html>\n".repeat(100_000));
    assertThatThrownBy(() -> policy("list.txt"))
        .isInstanceOfSatisfying(
            PolicyException.class,
            refusal -> {
              assertThat(refusal.problems()).hasSize(21);
              assertThat(refusal.problems().get(20))
                  .hasToString(dir.resolve("list.txt") + ":21:1: and 99980 more problems");
            });
  }

  @Test
  void whatIsNotUtf8IsAProblemOfItsLine() throws Exception {
    Path list = dir.resolve("list.txt");
    Files.write(list, "a.example\n# \u00fc".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(policy("list.txt").timelessWarnings())
        .hasToString("[" + list + ":2:1: not UTF-8; left out]");
  }

  @Test
  void aListWithoutANameIsAProblem() throws Exception {
    Files.writeString(dir.resolve("list.txt"), "# nothing\n127.0.0.1 localhost\n");
    assertThatThrownBy(() -> policy("list.txt"))
        .hasMessage(
            dir.resolve("p.toml")
                + ":4:1: the host list `list.txt` can't be used: it has no name in it, so it"
                + " matches nothing");
  }

  @Test
  void listsOfSeveralRulesShareNamesAndStayApart() throws Exception {
    Files.writeString(dir.resolve("a.txt"), "both.example\na.example\n*.x.example\n");
    Files.writeString(dir.resolve("b.txt"), "both.example\nb.example\n");
    Policy policy = policy("a.txt", "b.txt", "a.txt"); // the third is the first one again
    List<HostList> lists = policy.rules().stream().map(rule -> rule.hostLists().get(0)).toList();
    assertThat(lists.get(2)).isSameAs(lists.get(0));
    assertThat(lists).hasToString("[" + dir + "/a.txt, " + dir + "/b.txt, " + dir + "/a.txt]");
    assertThat(lists.get(0).contains("both.example")).isTrue();
    assertThat(lists.get(1).contains("both.example")).isTrue();
    assertThat(lists.get(0).contains("b.example")).isFalse();
    assertThat(lists.get(1).contains("a.example")).isFalse();
    assertThat(lists.get(1).contains("y.x.example")).isFalse();
    assertThat(policy.sources()).hasSize(3);
  }

  @Test
  void moreNamesThanThereIsRoomForAreRefusedInWords() throws Exception {
    Files.writeString(dir.resolve("few.txt"), names("few", 1_000) + "b\u00fccher.example\n");
    Files.writeString(dir.resolve("many.txt"), names("many", 20_000));
    Files.writeString(dir.resolve("foreign.txt"), names("\u00fc", 20_000));
    for (String list : List.of("many.txt", "foreign.txt")) {
      Path file = file("few.txt", list);
      assertThat(PolicyReader.read(List.of(file), new HostLists(4)).rules()).hasSize(2);
      assertThatThrownBy(() -> PolicyReader.read(List.of(file), new HostLists(1)))
          .isInstanceOf(PolicyException.class)
          .hasMessage(file + ":7:1: the host list `" + list + "` can't be used: too many names");
    }
  }

  private static String names(String stem, int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append(stem).append(i).append(".example\n");
    }
    return names.toString();
  }

  @Property(tries = 3000)
  void aLineMeansWhatAHostOfARuleMeans(
      @ForAll
          @AlphaChars
          @NumericChars
          @Chars({'.', '.', '-', '_', '*', 'x', '0'})
          @StringLength(min = 1, max = 12)
          String text)
      throws Exception {
    HostLists lists = new HostLists();
    HostList list = lists.begin(Path.of("x"), "x");
    Problems problems = new Problems();
    problems.begin("x");
    HostListReader.read(text.getBytes(StandardCharsets.US_ASCII), lists, list, problems, problems);
    HostPattern pattern;
    try {
      pattern = HostPattern.parse(text);
    } catch (MalformedValue malformed) {
      assertThat(problems.sorted().get(0).message()).isEqualTo(malformed.getMessage());
      return;
    }
    assertThat(problems.count()).as(text).isZero();
    assertThat(list.contains(pattern.name())).isEqualTo(!pattern.below());
    assertThat(list.contains("a." + pattern.name())).isEqualTo(pattern.below());
  }

  private HostList list(String... lines) throws IOException, PolicyException {
    Files.writeString(dir.resolve("list.txt"), String.join("\n", lines));
    return policy("list.txt").rules().get(0).hostLists().get(0);
  }

  private Policy policy(String... lists) throws IOException, PolicyException {
    return PolicyReader.read(List.of(file(lists)));
  }

  private Path file(String... lists) throws IOException {
    StringBuilder text = new StringBuilder("version = 1\n");
    for (String list : lists) {
      text.append("[[rule]]\naction = 'deny'\nhost-list = '").append(list).append("'\n");
    }
    return Files.writeString(dir.resolve("p.toml"), text);
  }
}
