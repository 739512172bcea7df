package io.github.appaware.wire;

import io.github.appaware.wire.QuestionMessage.Announce;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Attend;
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Engage;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Pin;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import io.github.appaware.wire.QuestionMessage.Settled;
import io.github.appaware.wire.QuestionMessage.TakeBack;
import io.github.appaware.wire.QuestionMessage.Watch;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link QuestionMessage}; apart from {@link Codec}, as no agent needs them. */
@SuppressWarnings("EnumOrdinal") // these enums say that their order is part of the wire format
final class QuestionCodec {
  /** Types from here on, below {@link #END}, are questions'. */
  static final int FIRST = 40;

  static final int END = 60;

  private static final int WATCH = 40;
  private static final int ATTEND = 41;
  private static final int ANSWER = 42;
  private static final int PREVIEW = 43;
  private static final int INSPECT = 44;
  private static final int DISMISS = 45;
  private static final int DENY_REST = 46;
  private static final int QUESTION = 47;
  private static final int SETTLED = 48;
  private static final int ANSWERED = 49;
  private static final int PREVIEWED = 50;
  private static final int DETAILS = 51;
  private static final int RUN_INFO = 52;
  private static final int HAPPENED = 53;
  private static final int MISSED = 54;
  private static final int ENGAGE = 55;
  private static final int TAKE_BACK = 56;
  private static final int PIN = 58;
  private static final int ANNOUNCE = 59;

  private QuestionCodec() {}

  static void encode(QuestionMessage message, Encoder out) {
    if (message instanceof Question m) {
      out.u8(QUESTION).i64(m.id()).text(m.run()).text(m.machine()).application(m.application());
      out.u8(m.standing().ordinal()).event(m.event()).origin(m.origin()).i32(m.tries());
      out.i64(m.left()).i64(m.total()).i32(m.others()).u8(m.offers().size());
      for (Offer offer : m.offers()) {
        out.u8(offer.scope().ordinal()).text(offer.words());
      }
      out.text(m.formerly()).flag(m.elsewhere());
    } else if (message instanceof Answer m) {
      choice(out.u8(ANSWER).i64(m.id()).i64(m.question()), m.choice());
    } else if (message instanceof Preview m) {
      choice(out.u8(PREVIEW).i64(m.id()).i64(m.question()), m.choice());
    } else if (message instanceof Settled m) {
      out.u8(SETTLED).i64(m.question()).flag(m.allowed()).text(m.by()).text(m.how());
    } else if (message instanceof Answered m) {
      out.u8(ANSWERED).i64(m.id()).flag(m.accepted()).text(m.text());
    } else if (message instanceof Previewed m) {
      out.u8(PREVIEWED).i64(m.id()).text(m.file()).texts(m.lines()).text(m.problem());
    } else if (message instanceof Details m) {
      out.u8(DETAILS).i64(m.id()).texts(m.stack()).texts(m.processes()).texts(m.rules());
    } else if (message instanceof Happened m) {
      out.u8(HAPPENED).line(m.line());
    } else if (message instanceof Missed m) {
      out.u8(MISSED).i64(m.events());
    } else if (message instanceof RunInfo m) {
      out.u8(RUN_INFO).text(m.run()).text(m.machine()).application(m.application());
      out.i32(m.agents()).i64(m.allowed()).i64(m.denied()).flag(m.over());
    } else if (message instanceof Watch m) {
      out.u8(WATCH).i32(m.version()).text(m.key()).text(m.user());
    } else if (message instanceof Attend m) {
      out.u8(ATTEND).flag(m.able());
    } else if (message instanceof Announce) {
      out.u8(ANNOUNCE);
    } else if (message instanceof Inspect m) {
      out.u8(INSPECT).i64(m.id()).i64(m.question());
    } else if (message instanceof Pin m) {
      out.u8(PIN).i64(m.id()).i64(m.question());
    } else if (message instanceof Dismiss m) {
      out.u8(DISMISS).i64(m.question());
    } else if (message instanceof DenyRest m) {
      out.u8(DENY_REST).i64(m.question());
    } else if (message instanceof Engage m) {
      out.u8(ENGAGE).i64(m.question());
    } else if (message instanceof TakeBack m) {
      out.u8(TAKE_BACK).i64(m.id()).i64(m.question());
    }
  }

  private static void choice(Encoder out, Choice choice) {
    out.flag(choice.allow()).u8(choice.scope().ordinal()).u8(choice.term().ordinal());
    out.i64(choice.until()).flag(choice.machineOnly());
  }

  static QuestionMessage decode(int type, Decoder in) throws WireException {
    return switch (type) {
      case WATCH -> new Watch(in.i32(), in.text(), in.text());
      case ATTEND -> new Attend(in.flag());
      case ANNOUNCE -> new Announce();
      case ANSWER -> new Answer(in.i64(), in.i64(), choice(in));
      case PREVIEW -> new Preview(in.i64(), in.i64(), choice(in));
      case INSPECT -> new Inspect(in.i64(), in.i64());
      case PIN -> new Pin(in.i64(), in.i64());
      case DISMISS -> new Dismiss(in.i64());
      case DENY_REST -> new DenyRest(in.i64());
      case QUESTION ->
          new Question(
              in.i64(),
              in.text(),
              in.text(),
              in.application(),
              in.one(QuestionMessage.Standing.values()),
              in.event(),
              in.origin(),
              in.i32(),
              in.i64(),
              in.i64(),
              in.i32(),
              offers(in),
              in.text(),
              in.flag());
      case SETTLED -> new Settled(in.i64(), in.flag(), in.text(), in.text());
      case ANSWERED -> new Answered(in.i64(), in.flag(), in.text());
      case PREVIEWED -> new Previewed(in.i64(), in.text(), in.texts(), in.text());
      case DETAILS -> new Details(in.i64(), in.texts(), in.texts(), in.texts());
      case RUN_INFO ->
          new RunInfo(
              in.text(), in.text(), in.application(), in.i32(), in.i64(), in.i64(), in.flag());
      case HAPPENED -> new Happened(in.line());
      case MISSED -> new Missed(in.i64());
      case ENGAGE -> new Engage(in.i64());
      case TAKE_BACK -> new TakeBack(in.i64(), in.i64());
      default -> throw new WireException("a message of unknown type " + type);
    };
  }

  private static Choice choice(Decoder in) throws WireException {
    return new Choice(
        in.flag(),
        in.one(Choice.Scope.values()),
        in.one(Choice.Term.values()),
        in.i64(),
        in.flag());
  }

  private static List<Offer> offers(Decoder in) throws WireException {
    int count = in.u8();
    if (count > Choice.Scope.values().length) {
      throw new WireException("a list of " + count + " offers");
    }
    List<Offer> offers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      offers.add(new Offer(in.one(Choice.Scope.values()), in.text()));
    }
    return offers;
  }
}
