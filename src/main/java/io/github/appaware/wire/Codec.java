package io.github.appaware.wire;

import io.github.appaware.wire.Message.Adopt;
import io.github.appaware.wire.Message.Adopting;
import io.github.appaware.wire.Message.Ask;
import io.github.appaware.wire.Message.Asked;
import io.github.appaware.wire.Message.Decided;
import io.github.appaware.wire.Message.Epoch;
import io.github.appaware.wire.Message.Finish;
import io.github.appaware.wire.Message.Flush;
import io.github.appaware.wire.Message.Guard;
import io.github.appaware.wire.Message.Hello;
import io.github.appaware.wire.Message.Join;
import io.github.appaware.wire.Message.Measure;
import io.github.appaware.wire.Message.MeasureSources;
import io.github.appaware.wire.Message.Measured;
import io.github.appaware.wire.Message.NameServers;
import io.github.appaware.wire.Message.Noted;
import io.github.appaware.wire.Message.Notice;
import io.github.appaware.wire.Message.Ping;
import io.github.appaware.wire.Message.Pong;
import io.github.appaware.wire.Message.Refused;
import io.github.appaware.wire.Message.Register;
import io.github.appaware.wire.Message.SourcesMeasured;
import io.github.appaware.wire.Message.Started;
import io.github.appaware.wire.Message.Stop;
import io.github.appaware.wire.Message.Summary;
import io.github.appaware.wire.Message.Unjudged;
import io.github.appaware.wire.Message.Unmeasured;
import io.github.appaware.wire.Message.Used;
import io.github.appaware.wire.Message.Vouch;
import io.github.appaware.wire.Message.Welcome;

/**
 * Writes and reads each message; the only place that knows their bytes: a type byte, then the
 * components in order. No byte may be left over.
 */
final class Codec {
  private static final int REGISTER = 1;
  private static final int MEASURED = 2;
  private static final int UNMEASURED = 3;
  private static final int FINISH = 4;
  private static final int STARTED = 5;
  private static final int SOURCES_MEASURED = 6;
  private static final int ADOPTING = 7;
  private static final int UNJUDGED = 8;
  private static final int GUARD = 9;
  private static final int HELLO = 10;
  private static final int ASK = 11;
  private static final int USED = 12;
  private static final int FLUSH = 13;
  private static final int JOIN = 14;
  private static final int PING = 15;
  private static final int WELCOME = 20;
  private static final int REFUSED = 21;
  private static final int DECIDED = 22;
  private static final int NOTED = 23;
  private static final int EPOCH = 24;
  private static final int STOP = 25;
  private static final int MEASURE = 26;
  private static final int NOTICE = 27;
  private static final int SUMMARY = 28;
  private static final int MEASURE_SOURCES = 29;
  private static final int ASKED = 30;
  private static final int PONG = 31;
  private static final int ADOPT = 32;
  private static final int NAME_SERVERS = 33;
  private static final int VOUCH = 34;

  private Codec() {}

  static byte[] encode(Message message) {
    Encoder out = new Encoder();
    // In the order in which an agent needs them: each test loads a class.
    if (message instanceof Hello m) {
      out.u8(HELLO).i32(m.version()).text(m.token()).i64(m.pid());
    } else if (message instanceof Flush m) {
      out.u8(FLUSH).i64(m.id());
    } else if (message instanceof Ask m) {
      out.u8(ASK).i64(m.id()).event(m.event()).origin(m.origin());
    } else if (message instanceof Decided m) {
      out.u8(DECIDED).i64(m.id()).verdict(m.verdict());
    } else if (message instanceof Used m) {
      out.u8(USED)
          .event(m.event())
          .origin(m.origin())
          .verdict(m.verdict())
          .i32(m.count())
          .i64(m.at());
    } else if (message instanceof Welcome m) {
      out.u8(WELCOME).i32(m.epoch());
    } else if (message instanceof Refused m) {
      out.u8(REFUSED).text(m.why());
    } else if (message instanceof Epoch m) {
      out.u8(EPOCH).i32(m.epoch());
    } else if (message instanceof Noted m) {
      out.u8(NOTED).i64(m.id());
    } else if (message instanceof Stop m) {
      out.u8(STOP).text(m.why());
    } else if (message instanceof Join m) {
      out.u8(JOIN).i32(m.version()).text(m.run()).application(m.application());
      out.flag(m.selfReported());
    } else if (message instanceof Asked m) {
      out.u8(ASKED).i64(m.id()).i64(m.millis());
    } else if (message instanceof Register m) {
      out.u8(REGISTER).i32(m.version()).text(m.key()).text(m.token()).application(m.application());
      out.flag(m.guarded());
    } else if (message instanceof Guard m) {
      out.u8(GUARD).i32(m.version()).text(m.key()).text(m.token()).application(m.application());
    } else if (message instanceof Vouch m) {
      out.u8(VOUCH).text(m.key()).i64(m.pid());
    } else if (message instanceof Started m) {
      out.u8(STARTED).i64(m.pid());
    } else if (message instanceof Measure m) {
      out.u8(MEASURE).i64(m.id()).i64(m.pid());
    } else if (message instanceof Measured m) {
      out.u8(MEASURED).i64(m.id()).application(m.application());
    } else if (message instanceof Unmeasured m) {
      out.u8(UNMEASURED).i64(m.id()).text(m.why());
    } else if (message instanceof MeasureSources m) {
      out.u8(MEASURE_SOURCES).i64(m.id()).texts(m.paths());
    } else if (message instanceof SourcesMeasured m) {
      out.u8(SOURCES_MEASURED).i64(m.id()).sources(m.sources());
    } else if (message instanceof Notice m) {
      out.u8(NOTICE).text(m.text());
    } else if (message instanceof Ping) {
      out.u8(PING);
    } else if (message instanceof Pong) {
      out.u8(PONG);
    } else if (message instanceof NameServers m) {
      out.u8(NAME_SERVERS).addresses(m.addresses());
    } else if (message instanceof Adopt) {
      out.u8(ADOPT);
    } else if (message instanceof Adopting) {
      out.u8(ADOPTING);
    } else if (message instanceof Unjudged m) {
      out.u8(UNJUDGED).i64(m.pid()).text(m.command()).i32(m.count()).i64(m.at());
    } else if (message instanceof Finish) {
      out.u8(FINISH);
    } else if (message instanceof Summary m) {
      out.u8(SUMMARY).i64(m.allowed()).i64(m.blind()).i64(m.denied()).i64(m.would());
      out.tallies(m.tallies()).i64(m.unnamed()).totals(m.totals()).texts(m.unasked());
      out.i64(m.handedOver()).texts(m.handovers()).i32(m.left());
    } else if (message instanceof QuestionMessage m) {
      QuestionCodec.encode(m, out);
    } else if (!TrustCodec.encode(message, out)) {
      throw new IllegalStateException("a message without bytes: " + message);
    }
    return out.bytes();
  }

  static Message decode(byte[] frame) throws WireException {
    Decoder in = new Decoder(frame);
    Message message;
    try {
      message = decode(in);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new WireException("a message with impossible content: " + e.getMessage());
    }
    in.end();
    return message;
  }

  private static Message decode(Decoder in) throws WireException {
    int type = in.u8();
    return switch (type) {
      case ASK -> new Ask(in.i64(), in.event(), in.origin());
      case DECIDED -> new Decided(in.i64(), in.verdict());
      case USED -> new Used(in.event(), in.origin(), in.verdict(), in.i32(), in.i64());
      case HELLO -> new Hello(in.i32(), in.text(), in.i64());
      case WELCOME -> new Welcome(in.i32());
      case REFUSED -> new Refused(in.text());
      case EPOCH -> new Epoch(in.i32());
      case FLUSH -> new Flush(in.i64());
      case NOTED -> new Noted(in.i64());
      case STOP -> new Stop(in.text());
      case REGISTER -> new Register(in.i32(), in.text(), in.text(), in.application(), in.flag());
      case GUARD -> new Guard(in.i32(), in.text(), in.text(), in.application());
      case VOUCH -> new Vouch(in.text(), in.i64());
      case STARTED -> new Started(in.i64());
      case MEASURE -> new Measure(in.i64(), in.i64());
      case MEASURED -> new Measured(in.i64(), in.application());
      case UNMEASURED -> new Unmeasured(in.i64(), in.text());
      case MEASURE_SOURCES -> new MeasureSources(in.i64(), in.texts());
      case SOURCES_MEASURED -> new SourcesMeasured(in.i64(), in.sources());
      case NOTICE -> new Notice(in.text());
      case NAME_SERVERS -> new NameServers(in.addresses());
      case ADOPT -> new Adopt();
      case ADOPTING -> new Adopting();
      case UNJUDGED -> new Unjudged(in.i64(), in.text(), in.i32(), in.i64());
      case FINISH -> new Finish();
      case SUMMARY -> summary(in);
      case JOIN -> new Join(in.i32(), in.text(), in.application(), in.flag());
      case ASKED -> new Asked(in.i64(), in.i64());
      case PING -> new Ping();
      case PONG -> new Pong();
      default -> {
        if (type >= QuestionCodec.FIRST && type < QuestionCodec.END) {
          yield QuestionCodec.decode(type, in);
        }
        yield TrustCodec.decode(type, in);
      }
    };
  }

  private static Summary summary(Decoder in) throws WireException {
    return new Summary(
        in.i64(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.tallies(),
        in.i64(),
        in.totals(),
        in.texts(),
        in.i64(),
        in.texts(),
        in.i32());
  }
}
