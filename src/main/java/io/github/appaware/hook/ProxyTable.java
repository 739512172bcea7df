package io.github.appaware.hook;

import static io.github.appaware.hook.Hook.NOW;
import static io.github.appaware.hook.TransportHook.THIS;

import io.github.appaware.bridge.NativeTransports;
import io.github.appaware.bridge.ProxyClientBridge;
import io.github.appaware.hook.Hook.BeforeSocks;
import io.github.appaware.hook.Hook.Inlined;
import io.github.appaware.hook.TransportHook.How;
import io.github.appaware.hook.advice.ProxyClientAdvice;
import io.github.appaware.hook.advice.ProxyRequestAdvice;
import io.github.appaware.hook.advice.ProxyTunnelAdvice;
import java.util.Arrays;
import java.util.List;

/**
 * The hooked methods that ask a proxy for a target: the part of the {@link HookTable} and of the
 * {@link TransportTable} that is about proxies. All of them are in classes that are woven when the
 * JVM loads them. The libraries' SOCKS proxies that are not here are sockets of the JDK.
 */
final class ProxyTable {
  private static final String HTTP = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String REQUEST = "jdk/internal/net/http/HttpRequestImpl";
  private static final String BRIDGE = ProxyClientBridge.WOVEN_NAME.replace('.', '/');
  private static final String ONE = "(Ljava/lang/Object;)V";
  private static final String TWO = "(Ljava/lang/Object;Ljava/lang/Object;)V";

  static final List<Hook> ROWS =
      List.of(
          new Hook(
              "java.net.SocksSocketImpl",
              "connect",
              List.of("(Ljava/net/SocketAddress;I)V"),
              new BeforeSocks(),
              0,
              NOW),
          row(HTTP, "sendCONNECTRequest", ProxyTunnelAdvice.class, "()V"),
          row(HTTP, "writeRequests", ProxyRequestAdvice.class, "()V"),
          row(
              "jdk.internal.net.http.HttpConnection",
              "getConnection",
              ProxyClientAdvice.class,
              "(Ljava/net/InetSocketAddress;Ljdk/internal/net/http/HttpClientImpl;L"
                  + REQUEST
                  + ";Ljava/net/http/HttpClient$Version;)Ljdk/internal/net/http/HttpConnection;"));

  /** Apache HttpClient 4 and 5, OkHttp 3 to 5, Netty 4, Jetty 9 to 12, the AWS SDK 2. */
  static final List<TransportHook> LIBRARIES =
      List.of(
          library(
              NativeTransports.APACHE4,
              "execute",
              "(LHttpRoute;LHttpRequestWrapper;LHttpClientContext;LHttpExecutionAware;)"
                  + "LCloseableHttpResponse;",
              "apache4",
              TWO,
              0,
              1),
          library(
              NativeTransports.APACHE4_DIRECTOR,
              "tryConnect",
              "(LRoutedRequest;LHttpContext;)V",
              "apache4",
              ONE,
              0),
          library(
              NativeTransports.APACHE5,
              "execute",
              "(LClassicHttpRequest;LExecChain$Scope;LExecChain;)LClassicHttpResponse;",
              "apache5",
              TWO,
              0,
              1),
          library(
              NativeTransports.APACHE5_ASYNC,
              "execute",
              "(LHttpRequest;LAsyncEntityProducer;LAsyncExecChain$Scope;LAsyncExecChain;"
                  + "LAsyncExecCallback;)V",
              "apache5Async",
              TWO,
              0,
              2),
          library(
              NativeTransports.OKHTTP_CONNECTION,
              "createTunnel",
              "(IILRequest;LHttpUrl;)LRequest;",
              "okHttpTunnel",
              ONE,
              THIS),
          library(
              NativeTransports.OKHTTP_PLAN,
              "createTunnel",
              "()LRequest;",
              "okHttpTunnel",
              ONE,
              THIS),
          okHttp("newCodec", "(LOkHttpClient;LInterceptor$Chain;LStreamAllocation;)LHttpCodec;"),
          okHttp("newCodec", "(LOkHttpClient;LInterceptor$Chain;)LExchangeCodec;"),
          okHttp("newCodec$okhttp", "(LOkHttpClient;LRealInterceptorChain;)LExchangeCodec;"),
          library(
              NativeTransports.NETTY_PROXY,
              "connect",
              "(LChannelHandlerContext;LSocketAddress;LSocketAddress;LChannelPromise;)V",
              "netty",
              TWO,
              THIS,
              1),
          failing(
              NativeTransports.JETTY, "newConnection", "(LHttpDestination;LPromise;)V", "jetty", 0),
          failing(NativeTransports.JETTY, "newConnection", "(LDestination;LPromise;)V", "jetty", 0),
          failing(NativeTransports.AWS_NETTY, "acquire", "(LPromise;)LFuture;", "aws", THIS));

  private ProxyTable() {}

  private static Hook row(String type, String method, Class<?> advice, String descriptor) {
    return new Hook(type, method, List.of(descriptor), new Inlined(advice), 0, NOW);
  }

  /** For each request, on its connection. */
  private static TransportHook okHttp(String method, String descriptor) {
    return library(
        NativeTransports.OKHTTP_CONNECTION, method, descriptor, "okHttpRequest", TWO, THIS, 1);
  }

  /** Of a method with a promise, which gets the denial. */
  private static TransportHook failing(
      String suffix, String method, String descriptor, String bridgeMethod, int argument) {
    return new TransportHook(
        suffix,
        method,
        descriptor,
        How.ENTRY_FAILED,
        BRIDGE,
        bridgeMethod,
        "(Ljava/lang/Object;)Ljava/lang/Throwable;",
        List.of(argument));
  }

  private static TransportHook library(
      String suffix,
      String method,
      String descriptor,
      String bridgeMethod,
      String bridgeDescriptor,
      Integer... arguments) {
    return new TransportHook(
        suffix,
        method,
        descriptor,
        How.ENTRY,
        BRIDGE,
        bridgeMethod,
        bridgeDescriptor,
        Arrays.asList(arguments));
  }
}
