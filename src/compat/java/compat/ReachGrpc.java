package compat;

import io.grpc.CallOptions;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;

// table: gRPC, shaded Netty
// maven: io.grpc:grpc-netty-shaded:1.76.0
// proxies: connect
// also: io.grpc:grpc-stub:1.76.0
final class ReachGrpc {
  public static void main(String[] args) {
    Reach.main(args, ReachGrpc::go);
  }

  /** The server knows no service, and says so. */
  private static void go(String host, int port) {
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port).usePlaintext();
    if (Reach.PROXY != null) {
      builder.proxyDetector(
          target ->
              HttpConnectProxiedSocketAddress.newBuilder()
                  .setTargetAddress((InetSocketAddress) target)
                  .setProxyAddress(Reach.proxy())
                  .build());
    }
    ManagedChannel channel = builder.build();
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("any/thing")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    try {
      ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, new byte[1]);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw e;
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
