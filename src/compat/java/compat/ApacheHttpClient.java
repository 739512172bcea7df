package compat;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

// name: Apache HttpClient
// maven: org.apache.httpcomponents.client5:httpclient5:5.5
// also: org.slf4j:slf4j-nop:2.0.17
final class ApacheHttpClient {
  public static void main(String[] args) {
    Run.main(args, Http::serve, ApacheHttpClient::talk);
  }

  private static void talk(int port) throws Exception {
    String uri = "http://127.0.0.1:" + port + "/apache";
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      for (int i = 0; i < 5; i++) {
        HttpPost post = new HttpPost(uri);
        post.setEntity(new StringEntity("x".repeat(10_000 * i), ContentType.TEXT_PLAIN));
        Run.say(client.execute(post, answer -> EntityUtils.toString(answer.getEntity())));
      }
    }
    try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
      client.start();
      SimpleHttpRequest get = SimpleRequestBuilder.get(uri + "/async").build();
      Run.say(client.execute(get, null).get().getBodyText());
    }
  }
}
