package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Findings;
import io.github.appaware.report.SarifPlaces.Place;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPlacesTest {
  @TempDir Path root;
  private Path work;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(root.resolve(".git"));
    work = Files.createDirectories(root.resolve("a module"));
  }

  private Place place(Reason.Kind kind, String at, String... policies) {
    Findings findings = new Findings();
    findings.add(
        new RecordEntry(
            Samples.NOW,
            "r",
            Samples.APP,
            Samples.connect("a.example"),
            Origin.UNKNOWN,
            new Verdict(false, new Reason(kind, "", at), Verdict.Reuse.NOTHING, 1),
            1));
    List<Path> named = List.of(policies).stream().map(Path::of).toList();
    return new ReportPlaces(named, Map.of(), work).of(findings.all().get(0));
  }

  @Test
  void itIsTheLineThatDecidedByItsPathInTheRepository() throws IOException {
    Files.writeString(work.resolve("p.toml"), "version = 1\n\n[[rule]]\naction = 'deny'\n");
    assertThat(place(Reason.Kind.RULE, "p.toml:3")).isEqualTo(new Place("a%20module/p.toml", 3, 8));
    assertThat(place(Reason.Kind.DEFAULT, work.resolve("p.toml") + ":2"))
        .isEqualTo(new Place("a%20module/p.toml", 2, 1));
  }

  @Test
  void aLinkIsFollowedAndAColonIsNoScheme() throws IOException {
    Files.writeString(root.resolve("a:b.toml"), "version = 1\n");
    Files.createSymbolicLink(work.resolve("p.toml"), root.resolve("a:b.toml"));
    assertThat(place(Reason.Kind.RULE, "p.toml:1")).isEqualTo(new Place("a%3Ab.toml", 1, 11));
  }

  @Test
  void withoutALineInTheRepositoryItIsTheBuildFileThenThePolicy() throws IOException {
    Path outside = Files.createTempFile("outside", ".toml");
    try {
      Files.writeString(outside, "version = 1\n");
      Files.writeString(work.resolve("q.toml"), "version = 1\n");
      for (String at : List.of(outside + ":1", "none.toml:1", "q.toml:9", "", "me", "\0:1")) {
        Files.deleteIfExists(work.resolve("build.gradle"));
        assertThat(place(Reason.Kind.NOBODY, at, "q.toml"))
            .isEqualTo(new Place("a%20module/q.toml", 1, 11));
        assertThat(place(Reason.Kind.NOBODY, at)).isEqualTo(new Place("policy.toml", 1, 1));
        Files.writeString(work.resolve("build.gradle"), "plugins {}\n");
        assertThat(place(Reason.Kind.NOBODY, at, "q.toml"))
            .isEqualTo(new Place("a%20module/build.gradle", 1, 10));
      }
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void ofAnAnswerThePersonIsNoFile() throws IOException {
    Files.writeString(work.resolve("me"), "x\n");
    Files.writeString(work.resolve("pom.xml"), "<project>\n");
    assertThat(place(Reason.Kind.ANSWER, "me:1")).isEqualTo(new Place("a%20module/pom.xml", 1, 9));
  }
}
