package io.github.appaware.hook.advice;

import io.github.appaware.bridge.NativeTransportBridge;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import net.bytebuddy.asm.Advice;

/** {@code DnsClient.query(name, ...)} of JNDI, whatever it sends: the name may not be found. */
public final class JndiAdvice {
  private JndiAdvice() {}

  @Advice.OnMethodEnter
  static void enter(@Advice.Argument(0) Object name) throws NamingException {
    Throwable failure = NativeTransportBridge.failedLookUp(name.toString());
    if (failure != null) {
      throw new NameNotFoundException(failure.getMessage());
    }
  }
}
