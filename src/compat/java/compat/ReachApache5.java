package compat;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;

// table: Apache HttpClient 5
// maven: org.apache.httpcomponents.client5:httpclient5:5.5
// proxies: connect
// also: org.slf4j:slf4j-nop:2.0.17
final class ReachApache5 {
  private static final CloseableHttpClient CLIENT =
      HttpClients.custom()
          .setProxy(Reach.PROXY == null ? null : new HttpHost("127.0.0.1", Reach.PROXY))
          .build();

  public static void main(String[] args) {
    Reach.main(args, ReachApache5::go);
  }

  private static void go(String host, int port) throws Exception {
    HttpGet get = new HttpGet(Reach.url(host, port));
    int status = CLIENT.execute(get, answer -> answer.getCode());
    Reach.expect(status == 200, status);
  }
}
