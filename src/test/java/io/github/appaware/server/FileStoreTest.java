package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  private static final List<Answers.Addition> ANSWER =
      List.of(
          new Answers.Addition(
              List.of("# an answer"), PolicyEntry.app("x").with(AppKey.FILE, "x.jar")),
          new Answers.Addition(
              List.of(), PolicyEntry.rule(Action.ALLOW).with(RuleKey.HOST, "a.example")));

  @TempDir Path directory;
  private Path site;
  private Path own;

  @BeforeEach
  void write() throws IOException {
    site = directory.resolve("site.toml");
    own = directory.resolve("own.toml");
    Files.writeString(site, Samples.text("[[rule]]\nid = 'first'\naction = 'deny'"));
  }

  @Test
  void answersGoToTheFirstFileUnlessThereIsAnotherForThem() throws Exception {
    FileStore store = new FileStore(List.of(site), null);
    assertThat(ids(store)).containsExactly("first");
    assertThat(store.append(ANSWER))
        .extracting(Answers.Saved::at)
        .containsExactly(site + ":7", site + ":11");
    assertThat(store.changed().orElseThrow().rules())
        .extracting(Rule::id)
        .containsExactly("first", "allow-a.example");
    assertThat(store.changed()).isEmpty();
  }

  @Test
  void aFileForAnswersIsReadOnceItIsThere() throws Exception {
    FileStore store = new FileStore(List.of(site), own);
    assertThat(ids(store)).containsExactly("first");
    assertThat(store.changed()).isEmpty();
    long before = store.revision();

    assertThat(store.preview(ANSWER)).contains("# an answer", "[[app]]", "[[rule]]");
    assertThat(store.append(ANSWER)).hasSize(2);

    assertThat(store.changed().orElseThrow().rules())
        .extracting(Rule::id)
        .containsExactly("first", "allow-a.example");
    assertThat(store.revision()).isGreaterThan(before);
    assertThat(ids(new FileStore(List.of(site), own))).hasSize(2);
  }

  @Test
  void withoutAnyFileAnswersAreRefused() throws Exception {
    FileStore store = new FileStore(List.of(), null);
    assertThat(ids(store)).isEmpty();
    assertThat(store.place()).isEqualTo("on disk");
    assertThatThrownBy(() -> store.append(ANSWER))
        .isInstanceOf(EditException.class)
        .hasMessage("there is no file for answers");
    store.close();
  }

  private static List<String> ids(FileStore store) throws PolicyException {
    return store.load().rules().stream().map(Rule::id).toList();
  }
}
