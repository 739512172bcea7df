package compat;

// name: gRPC, shaded Netty, nio
// maven: io.grpc:grpc-netty-shaded:1.76.0
// also: io.grpc:grpc-stub:1.76.0
// jvm: -Dio.grpc.netty.shaded.io.netty.transport.noNative=true
final class GrpcNio {
  public static void main(String[] args) {
    Run.main(args, GrpcCalls::serve, GrpcCalls::talk);
  }
}
