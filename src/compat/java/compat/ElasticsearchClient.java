package compat;

import org.apache.http.HttpHost;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

// name: Elasticsearch low-level client
// maven: org.elasticsearch.client:elasticsearch-rest-client:8.19.4
final class ElasticsearchClient {
  public static void main(String[] args) {
    Run.main(args, Http::serve, ElasticsearchClient::talk);
  }

  private static void talk(int port) throws Exception {
    try (RestClient client = RestClient.builder(new HttpHost("127.0.0.1", port)).build()) {
      for (int i = 0; i < 5; i++) {
        Request put = new Request("PUT", "/index/_doc/" + i);
        put.setJsonEntity("{\"text\":\"" + "e".repeat(i * 1000) + "\"}");
        Run.say(EntityUtils.toString(client.performRequest(put).getEntity()));
      }
    }
  }
}
