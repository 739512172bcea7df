package compat;

import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

// table: Apache HttpClient 4
// maven: org.apache.httpcomponents:httpclient:4.5.14
// proxies: connect
// also: org.slf4j:slf4j-nop:2.0.17
final class ReachApache4 {
  private static final CloseableHttpClient CLIENT =
      HttpClients.custom()
          .setProxy(Reach.PROXY == null ? null : new HttpHost("127.0.0.1", Reach.PROXY))
          .build();

  public static void main(String[] args) {
    Reach.main(args, ReachApache4::go);
  }

  private static void go(String host, int port) throws Exception {
    HttpGet get = new HttpGet(Reach.url(host, port));
    try (CloseableHttpResponse answer = CLIENT.execute(get)) {
      Reach.expect(answer.getStatusLine().getStatusCode() == 200, answer);
    }
  }
}
