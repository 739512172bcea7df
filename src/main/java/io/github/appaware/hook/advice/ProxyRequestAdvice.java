package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import java.io.IOException;
import java.net.URL;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * {@code HttpURLConnection.writeRequests()}: to a proxy, outside of a tunnel, in absolute form. A
 * connection that is kept alive is used for many hosts.
 */
public final class ProxyRequestAdvice {
  private ProxyRequestAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.FieldValue("url") URL url,
      @Advice.FieldValue(value = "http", typing = Assigner.Typing.DYNAMIC) JdkStubs.HttpClient http,
      @Advice.FieldValue(value = "tunnelState", typing = Assigner.Typing.DYNAMIC) Object state)
      throws IOException {
    if (http.usingProxy && !state.toString().equals("TUNNELING")) {
      int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
      Bridge.tunnel(url.getHost(), port, http.getProxyHostUsed(), http.getProxyPortUsed());
    }
  }
}
