package compat;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

// name: AWS SDK, S3, URL connection client
// maven: software.amazon.awssdk:s3:2.33.0
// also: software.amazon.awssdk:url-connection-client:2.33.0
// also: org.slf4j:slf4j-nop:2.0.17
final class AwsS3 {
  public static void main(String[] args) {
    Run.main(args, Http::serve, AwsS3::talk);
  }

  private static void talk(int port) {
    try (S3Client client =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(each -> each.retryStrategy(r -> r.maxAttempts(1)))
            .build()) {
      for (int i = 0; i < 3; i++) {
        String key = "key" + i;
        Run.say(
            client
                .putObject(
                    put -> put.bucket("bucket").key(key), RequestBody.fromBytes(new byte[5000]))
                .sdkHttpResponse()
                .firstMatchingHeader("X-Seen")
                .orElse("none"));
      }
    }
  }
}
