package compat;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

// table: OkHttp
// proxies: socks connect
// maven: com.squareup.okhttp3:okhttp:4.12.0
final class ReachOkHttp {
  private static final OkHttpClient CLIENT =
      new OkHttpClient.Builder().proxy(Reach.socketProxy()).build();

  public static void main(String[] args) {
    Reach.main(args, ReachOkHttp::go);
  }

  private static void go(String host, int port) throws Exception {
    Request get = new Request.Builder().url(Reach.url(host, port)).build();
    try (Response answer = CLIENT.newCall(get).execute()) {
      Reach.expect(answer.code() == 200, answer);
    }
  }
}
