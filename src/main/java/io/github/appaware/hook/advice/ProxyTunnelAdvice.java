package io.github.appaware.hook.advice;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.JdkStubs;
import java.io.IOException;
import java.net.URL;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** {@code HttpURLConnection.sendCONNECTRequest()}, also for sockets with an HTTP proxy. */
public final class ProxyTunnelAdvice {
  private ProxyTunnelAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.FieldValue("url") URL url,
      @Advice.FieldValue(value = "http", typing = Assigner.Typing.DYNAMIC) JdkStubs.HttpClient http)
      throws IOException {
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    Bridge.tunnel(url.getHost(), port, http.getProxyHostUsed(), http.getProxyPortUsed());
  }
}
