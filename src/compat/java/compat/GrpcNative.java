package compat;

// name: gRPC, shaded Netty, as it comes (epoll)
// maven: io.grpc:grpc-netty-shaded:1.76.0
// also: io.grpc:grpc-stub:1.76.0
final class GrpcNative {
  public static void main(String[] args) {
    Run.main(args, GrpcCalls::serve, GrpcCalls::talk);
  }
}
