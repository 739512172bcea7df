package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.testkit.DnsBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers link names to addresses, and what only looks like one: the attacks on names. */
class LookUpsTest {
  private static final Address SYSTEM = Address.of(new byte[] {10, 0, 0, 53});
  private static final Address OWN = Address.of(new byte[] {127, 0, 0, 2});
  private static final Address FOUND = Address.of(new byte[] {1, 2, 3, 4});
  private static final int[] VALUE = {1, 2, 3, 4};
  private static final String NAME = "api.example";
  private static final int ID = 0x1234;
  private static final int EPOCH = 7;

  @TempDir private Path directory;
  private final Object socket = new Object();
  private final ResolvedNames names = new ResolvedNames();
  private final VerdictCache policy = new VerdictCache("", "");
  private LookUps lookUps;
  private long later;

  @BeforeEach
  void readTheSystemsFile() throws IOException {
    Path file = directory.resolve("resolv.conf");
    Files.writeString(file, "# x\nnameserver 10.0.0.53\nsearch team.test Corp.test.\n");
    lookUps =
        new LookUps(new NameServers(file.toString(), policy), names) {
          @Override
          long now() {
            return super.now() + later;
          }
        };
  }

  private void ask(Address server, byte[] datagram, String asked) throws Exception {
    lookUps.sent(DnsMessage.query(datagram), server, socket, asked);
  }

  private void ask() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question(NAME, DnsBytes.A).bytes(), NAME);
  }

  private static DnsBytes answer() {
    return DnsBytes.answer(ID).question(NAME, DnsBytes.A);
  }

  private void get(DnsBytes answer) {
    lookUps.answered(answer.bytes(), SYSTEM, socket, EPOCH);
  }

  private void assertNothingLearnt() {
    assertThat(names.of(FOUND)).isEmpty();
    ask1AndAnswerRightly();
    assertThat(names.of(FOUND)).as("the proof that it would show").containsExactly(NAME);
  }

  private void ask1AndAnswerRightly() {
    try {
      ask();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    get(answer().address(NAME, VALUE));
  }

  @Test
  void theAnswerOfTheSystemsServerLinksTheName() throws Exception {
    ask();
    get(answer().address(NAME, VALUE).address(NAME, 5, 6, 7, 8).edns());

    assertThat(names.of(FOUND)).containsExactly(NAME);
    assertThat(names.of(Address.of(new byte[] {5, 6, 7, 8}))).containsExactly(NAME);
  }

  @Test
  void ofAnAliasTheNameThatWasAskedForCounts() throws Exception {
    ask();
    get(
        answer()
            .alias(NAME, "cdn.example")
            .alias("cdn.example", "x.example")
            .address("x.example", VALUE));

    assertThat(names.of(FOUND)).containsExactly(NAME);
    assertThat(lookUps.asked("x.example", EPOCH)).as("part of the same look-up").isEqualTo(NAME);
    assertThat(lookUps.asked("x.example", EPOCH + 1)).as("until the policy changes").isNull();
  }

  @Test
  void aNameWithOtherLettersIsTheSame() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question("aPi.ExAmPlE", DnsBytes.A).bytes(), NAME);
    get(DnsBytes.answer(ID).question("ApI.eXample", DnsBytes.A).address("API.example", VALUE));

    assertThat(names.of(FOUND)).containsExactly(NAME);
  }

  @Test
  void aSearchDomainOfTheSystemBelongsToTheLookUp() {
    lookUps.allowed("api", EPOCH);

    assertThat(lookUps.asked("api", EPOCH)).isEqualTo("api");
    assertThat(lookUps.asked("api.team.test", EPOCH)).isEqualTo("api");
    assertThat(lookUps.asked("api.corp.test", EPOCH)).isEqualTo("api");
    assertThat(lookUps.asked("api.evil.test", EPOCH)).isNull();
    assertThat(lookUps.asked("x.api.team.test", EPOCH)).isNull();
    assertThat(lookUps.asked("apiteam.test", EPOCH)).isNull();
    assertThat(lookUps.asked("api.team.test", EPOCH + 1)).isNull();
  }

  @Test
  void anAliasDoesNotTakeAwayANamesOwnLookUp() throws Exception {
    lookUps.allowed("b.example", EPOCH);
    ask();
    get(answer().alias(NAME, "b.example"));

    assertThat(lookUps.asked("b.example", EPOCH)).isEqualTo("b.example");
  }

  @Test
  void aServerOfTheProgramsOwnLinksNothing() throws Exception {
    ask(OWN, DnsBytes.query(ID).question(NAME, DnsBytes.A).bytes(), NAME);
    lookUps.answered(answer().address(NAME, VALUE).bytes(), OWN, socket, EPOCH);

    assertNothingLearnt();
  }

  @Test
  void aServerThatThePolicyNamesLinksTheNameWhileItDoes() throws Exception {
    policy.nameServers(List.of(OWN));
    ask(OWN, DnsBytes.query(ID).question(NAME, DnsBytes.A).bytes(), NAME);
    policy.renewed(EPOCH + 1);
    lookUps.answered(answer().address(NAME, VALUE).bytes(), OWN, socket, EPOCH);
    assertThat(names.of(FOUND)).isEmpty();

    policy.nameServers(List.of(OWN));
    lookUps.answered(answer().address(NAME, VALUE).bytes(), OWN, socket, EPOCH);
    assertThat(names.of(FOUND)).containsExactly(NAME);
  }

  @Test
  void aServerThatWasNotAskedLinksNothing() throws Exception {
    ask(OWN, DnsBytes.query(ID).question(NAME, DnsBytes.A).bytes(), NAME);
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void anAnswerToNoQueryLinksNothing() {
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void anAnswerOnAnotherSocketLinksNothing() throws Exception {
    ask();
    lookUps.answered(answer().address(NAME, VALUE).bytes(), SYSTEM, new Object(), EPOCH);

    assertNothingLearnt();
  }

  @Test
  void anAnswerWithAnotherNumberLinksNothing() throws Exception {
    ask();
    get(DnsBytes.answer(ID + 1).question(NAME, DnsBytes.A).address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void anAnswerToAnotherQuestionLinksNothing() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question("evil.example", DnsBytes.A).bytes(), "evil.example");
    get(answer().address(NAME, VALUE));
    get(DnsBytes.answer(ID).question("evil.example", DnsBytes.AAAA).address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void recordsOfANameThatWasNotAskedForLinkNothing() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question("evil.example", DnsBytes.A).bytes(), "evil.example");
    get(
        DnsBytes.answer(ID)
            .question("evil.example", DnsBytes.A)
            .address(NAME, VALUE)
            .address("evil.example", 9, 9, 9, 9));

    assertNothingLearnt();
  }

  @Test
  void anAliasOfAnAllowedNameLinksNothingToThatName() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question("evil.example", DnsBytes.A).bytes(), "evil.example");
    get(
        DnsBytes.answer(ID)
            .question("evil.example", 1)
            .alias("evil.example", NAME)
            .address(NAME, VALUE));

    assertThat(names.of(FOUND)).containsExactly("evil.example");
  }

  @Test
  void whatNobodyAskedForLinksNothing() throws Exception {
    ask();
    get(answer().address(NAME, VALUE).allAdditional());

    assertNothingLearnt();
  }

  @Test
  void aSecondAnswerLinksNothing() throws Exception {
    ask();
    get(answer().address(NAME, 9, 9, 9, 9));
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void aNumberThatIsUsedAgainIsForTheNewQuestion() throws Exception {
    ask(SYSTEM, DnsBytes.query(ID).question("evil.example", DnsBytes.A).bytes(), "evil.example");
    ask();
    get(DnsBytes.answer(ID).question("evil.example", DnsBytes.A).address("evil.example", VALUE));

    assertThat(names.of(FOUND)).containsExactly("evil.example");
  }

  @Test
  void aFailureLinksNothing() throws Exception {
    ask();
    get(DnsBytes.failure(ID, 3).question(NAME, DnsBytes.A).address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void severalQuestionsLinkNothing() throws Exception {
    byte[] two = DnsBytes.query(ID).question(NAME, 1).question("evil.example", 1).bytes();
    assertThat(DnsMessage.query(two).questions())
        .extracting(each -> each.name)
        .containsExactly(NAME, "evil.example");
    ask(SYSTEM, two, NAME);
    get(answer().question("evil.example", 1).address(NAME, VALUE));
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void aQueryThatComesBackLinksNothing() throws Exception {
    ask();
    lookUps.answered(
        DnsBytes.query(ID).question(NAME, 1).address(NAME, VALUE).bytes(), SYSTEM, socket, EPOCH);

    assertNothingLearnt();
  }

  @Test
  void anAddressOfTheWrongLengthLinksNothing() throws Exception {
    ask();
    get(answer().record(DnsBytes.name(NAME), DnsBytes.AAAA, 60, new byte[] {1, 2, 3, 4}));

    assertNothingLearnt();
  }

  @Test
  void aTimeToLiveOfNothingIsAsGoodAsWithTheJdk() throws Exception {
    ask();
    get(answer().record(DnsBytes.name(NAME), DnsBytes.A, 0, new byte[] {1, 2, 3, 4}));

    assertThat(names.of(FOUND)).containsExactly(NAME);
  }

  @Test
  void aliasesInACircleEnd() throws Exception {
    ask();
    get(answer().alias(NAME, "b.example").alias("b.example", NAME).address("c.example", VALUE));

    assertNothingLearnt();
  }

  @Test
  void whatIsCutOffAnywhereLinksNothing() throws Exception {
    byte[] whole = answer().address(NAME, VALUE).bytes();
    for (int length = 0; length < whole.length; length++) {
      ask();
      lookUps.answered(Arrays.copyOf(whole, length), SYSTEM, socket, EPOCH);
      assertThat(names.of(FOUND)).as("of %d bytes", length).isEmpty();
    }
  }

  @Test
  void queriesBeyondTheLimitLinkNothing() throws Exception {
    ask();
    for (int i = 0; i < 2_000; i++) {
      ask(SYSTEM, DnsBytes.query(i).question("n" + i + ".evil.example", 1).bytes(), "x");
    }
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void aLateAnswerLinksNothing() throws Exception {
    ask();
    later = TimeUnit.SECONDS.toNanos(31);
    get(answer().address(NAME, VALUE));

    assertNothingLearnt();
  }

  @Test
  void whatFollowsALookUpTooLateIsALookUpOfItsOwn() throws Exception {
    lookUps.allowed(NAME, EPOCH);
    ask();
    get(answer().alias(NAME, "cdn.example").address("cdn.example", VALUE));
    assertThat(lookUps.asked("cdn.example", EPOCH)).isEqualTo(NAME);
    later = TimeUnit.SECONDS.toNanos(16);

    assertThat(lookUps.asked("cdn.example", EPOCH)).isNull();
    assertThat(lookUps.asked(NAME + ".team.test", EPOCH)).isNull();
  }

  @Test
  void aRecordOfAnotherClassLinksNothing() throws Exception {
    ask();
    byte[] chaos = answer().address(NAME, VALUE).bytes();
    chaos[chaos.length - 11] = 3; // RFC 1035, section 3.2.4
    lookUps.answered(chaos, SYSTEM, socket, EPOCH);

    assertNothingLearnt();
  }

  @Test
  void aLabelWithADotIsNoOtherName() throws Exception {
    ask(
        SYSTEM,
        DnsBytes.query(ID).question("api\\.example", DnsBytes.A).bytes(),
        "api\\046example");
    get(answer().address(NAME, VALUE));
    get(
        DnsBytes.answer(ID)
            .question("api\\.example", DnsBytes.A)
            .address("api\\.example", 9, 9, 9, 9)
            .address(NAME, VALUE));

    assertNothingLearnt();
  }
}
