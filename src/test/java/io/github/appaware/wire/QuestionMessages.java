package io.github.appaware.wire;

import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random messages about questions. */
final class QuestionMessages {
  private QuestionMessages() {}

  static Map<Class<?>, Arbitrary<Message>> byType() {
    Arbitrary<Long> longs = Arbitraries.longs();
    Arbitrary<Integer> ints = Arbitraries.integers();
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<String> texts = Messages.texts();
    Arbitrary<List<String>> lists = Messages.lists();
    Map<Class<?>, Arbitrary<Message>> all = new LinkedHashMap<>();
    all.put(
        QuestionMessage.Watch.class,
        Combinators.combine(ints, texts, texts).as(QuestionMessage.Watch::new));
    all.put(QuestionMessage.Attend.class, flags.map(QuestionMessage.Attend::new));
    all.put(QuestionMessage.Announce.class, Arbitraries.of(new QuestionMessage.Announce()));
    all.put(
        QuestionMessage.Answer.class,
        Combinators.combine(longs, longs, choices()).as(QuestionMessage.Answer::new));
    all.put(
        QuestionMessage.Preview.class,
        Combinators.combine(longs, longs, choices()).as(QuestionMessage.Preview::new));
    all.put(
        QuestionMessage.Inspect.class,
        Combinators.combine(longs, longs).as(QuestionMessage.Inspect::new));
    all.put(
        QuestionMessage.Pin.class, Combinators.combine(longs, longs).as(QuestionMessage.Pin::new));
    all.put(QuestionMessage.Dismiss.class, longs.map(QuestionMessage.Dismiss::new));
    all.put(QuestionMessage.DenyRest.class, longs.map(QuestionMessage.DenyRest::new));
    all.put(QuestionMessage.Engage.class, longs.map(QuestionMessage.Engage::new));
    all.put(
        QuestionMessage.TakeBack.class,
        Combinators.combine(longs, longs).as(QuestionMessage.TakeBack::new));
    all.put(Question.class, questions());
    all.put(
        QuestionMessage.Settled.class,
        Combinators.combine(longs, flags, texts, texts).as(QuestionMessage.Settled::new));
    all.put(
        QuestionMessage.Answered.class,
        Combinators.combine(longs, flags, texts).as(QuestionMessage.Answered::new));
    all.put(
        QuestionMessage.Previewed.class,
        Combinators.combine(longs, texts, lists, texts).as(QuestionMessage.Previewed::new));
    all.put(
        QuestionMessage.Details.class,
        Combinators.combine(longs, lists, lists, lists).as(QuestionMessage.Details::new));
    all.put(
        QuestionMessage.RunInfo.class,
        Combinators.combine(texts, texts, Messages.applications(), ints, longs, longs, flags)
            .as(QuestionMessage.RunInfo::new));
    all.put(QuestionMessage.Happened.class, texts.map(QuestionMessage.Happened::new));
    all.put(QuestionMessage.Missed.class, longs.map(QuestionMessage.Missed::new));
    return all;
  }

  private static Arbitrary<Choice> choices() {
    Arbitrary<Choice> without =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Choice.Scope.class),
                Arbitraries.of(Choice.Term.ONCE, Choice.Term.RUN, Choice.Term.ALWAYS))
            .as((allow, scope, term) -> new Choice(allow, scope, term));
    Arbitrary<Choice> until =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Choice.Scope.class),
                Arbitraries.longs().greaterOrEqual(1))
            .as((allow, scope, end) -> new Choice(allow, scope, Choice.Term.UNTIL, end));
    return Arbitraries.oneOf(without, until);
  }

  private static Arbitrary<Message> questions() {
    Arbitrary<List<Offer>> offers =
        Combinators.combine(Arbitraries.of(Choice.Scope.class), Messages.texts())
            .as(Offer::new)
            .list()
            .ofMaxSize(Choice.Scope.values().length);
    Arbitrary<List<Long>> numbers = Arbitraries.longs().list().ofSize(3);
    return Combinators.combine(
            Messages.texts().list().ofSize(2),
            Messages.applications(),
            Arbitraries.of(Standing.class),
            Messages.events(),
            Messages.origins(),
            numbers,
            Arbitraries.integers(),
            offers)
        .as(
            (texts, app, standing, event, origin, n, count, offered) ->
                new Question(
                    n.get(0),
                    texts.get(0),
                    texts.get(1),
                    app,
                    standing,
                    event,
                    origin,
                    count,
                    n.get(1),
                    n.get(2),
                    -count,
                    offered,
                    texts.get(1),
                    count > 0));
  }
}
