package io.github.appaware.wire;

import io.github.appaware.wire.Message.Enroll;
import io.github.appaware.wire.Message.Enrolled;
import io.github.appaware.wire.Message.NotRenewed;
import io.github.appaware.wire.Message.Renew;
import io.github.appaware.wire.Message.Renewed;

/** The bytes of the messages about enrolment: types 60 to 69. */
final class TrustCodec {
  private static final int ENROLL = 60;
  private static final int ENROLLED = 61;
  private static final int RENEW = 62;
  private static final int RENEWED = 63;
  private static final int NOT_RENEWED = 64;

  private TrustCodec() {}

  /** False when it is a message about something else. */
  static boolean encode(Message message, Encoder out) {
    if (message instanceof Enroll m) {
      out.u8(ENROLL).i32(m.version()).text(m.token()).text(m.name()).text(m.host());
      out.text(m.publicKey()).text(m.proof());
    } else if (message instanceof Enrolled m) {
      out.u8(ENROLLED).text(m.certificate());
    } else if (message instanceof Renew m) {
      out.u8(RENEW).i32(m.version()).text(m.publicKey()).text(m.proof());
    } else if (message instanceof Renewed m) {
      out.u8(RENEWED).text(m.certificate());
    } else if (message instanceof NotRenewed m) {
      out.u8(NOT_RENEWED).text(m.why());
    } else {
      return false;
    }
    return true;
  }

  static Message decode(int type, Decoder in) throws WireException {
    return switch (type) {
      case ENROLL -> new Enroll(in.i32(), in.text(), in.text(), in.text(), in.text(), in.text());
      case ENROLLED -> new Enrolled(in.text());
      case RENEW -> new Renew(in.i32(), in.text(), in.text());
      case RENEWED -> new Renewed(in.text());
      case NOT_RENEWED -> new NotRenewed(in.text());
      default -> throw new WireException("a message of unknown type " + type);
    };
  }
}
