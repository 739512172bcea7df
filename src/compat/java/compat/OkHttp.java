package compat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

// name: OkHttp
// maven: com.squareup.okhttp3:okhttp:4.12.0
final class OkHttp {
  public static void main(String[] args) {
    Run.main(args, Http::serve, OkHttp::talk);
  }

  private static void talk(int port) throws Exception {
    OkHttpClient client = new OkHttpClient();
    String uri = "http://127.0.0.1:" + port + "/okhttp";
    Request post =
        new Request.Builder().url(uri).post(RequestBody.create(new byte[100_000], null)).build();
    try (Response answer = client.newCall(post).execute()) {
      Run.say(answer.body().string());
    }
    int calls = 20;
    AtomicInteger good = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      client.newCall(new Request.Builder().url(uri).build()).enqueue(counting(good, done));
    }
    done.await();
    Run.say(good.get() + " of " + calls);
  }

  private static Callback counting(AtomicInteger good, CountDownLatch done) {
    return new Callback() {
      @Override
      public void onFailure(Call call, java.io.IOException e) {
        done.countDown();
      }

      @Override
      public void onResponse(Call call, Response answer) {
        answer.close();
        good.incrementAndGet();
        done.countDown();
      }
    };
  }
}
