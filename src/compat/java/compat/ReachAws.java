package compat;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

// table: AWS SDK, S3 asynchronous (netty-nio-client)
// maven: software.amazon.awssdk:s3:2.33.0
// proxies: connect
// also: software.amazon.awssdk:netty-nio-client:2.33.0
// also: org.slf4j:slf4j-nop:2.0.17
final class ReachAws {
  public static void main(String[] args) {
    Reach.main(args, ReachAws::go);
  }

  private static void go(String host, int port) throws Exception {
    try (S3AsyncClient client =
        S3AsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create(Reach.url(host, port)))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .forcePathStyle(true)
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .proxyConfiguration(
                        ProxyConfiguration.builder()
                            .host(Reach.PROXY == null ? null : "127.0.0.1")
                            .port(Reach.PROXY == null ? 0 : Reach.PROXY)
                            .build()))
            .overrideConfiguration(each -> each.retryStrategy(r -> r.maxAttempts(1)))
            .build()) {
      int status =
          client
              .deleteObject(delete -> delete.bucket("bucket").key("key"))
              .get(30, TimeUnit.SECONDS)
              .sdkHttpResponse()
              .statusCode();
      Reach.expect(status == 200, status);
    }
  }
}
