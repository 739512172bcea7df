package io.github.appaware.hook.advice;

import io.github.appaware.bridge.JdkStubs;
import io.github.appaware.bridge.ProxyClientBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * {@code HttpConnection.getConnection(target, client, request, version)} of {@code
 * java.net.http.HttpClient}, for each request that does not share a connection of HTTP/2. The
 * method declares no exception; its callers hand any on.
 */
public final class ProxyClientAdvice {
  private ProxyClientAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @Advice.Argument(0) InetSocketAddress target,
      @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC)
          JdkStubs.HttpRequestImpl request)
      throws IOException {
    InetSocketAddress proxy = request.proxy();
    if (proxy != null) {
      ProxyClientBridge.http(target, proxy);
    }
  }
}
