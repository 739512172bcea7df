package io.github.appaware.tls;

import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Says in words why a server could not be connected to. */
public final class TlsFailure {
  private TlsFailure() {}

  /** For the user of the client. */
  public static String describe(ServerAddress server, IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "there is no host `" + server.host() + "`";
    }
    if (isUnreachable(failure)) {
      return server + " can't be reached: " + failure.getMessage();
    }
    if (isRefusal(failure)) {
      return server + " is not to be trusted: " + reason(failure);
    }
    return server + " can't be used: " + failure.getMessage();
  }

  /** Whether no connection came about. */
  public static boolean isUnreachable(IOException failure) {
    return failure instanceof ConnectException || failure instanceof SocketTimeoutException;
  }

  /** Whether one side did not accept the other's certificate. */
  public static boolean isRefusal(IOException failure) {
    return failure instanceof SSLException;
  }

  /** What the check of a certificate said, where there was one. */
  private static String reason(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return each.getMessage();
      }
    }
    return failure.getMessage();
  }
}
