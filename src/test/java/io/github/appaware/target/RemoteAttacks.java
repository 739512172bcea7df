package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Tries to get between an agent that speaks to a remote server itself and that server. */
public final class RemoteAttacks {
  /** How often a thread of the agent called the provider. */
  private static final AtomicInteger WANTED = new AtomicInteger();

  /** How often any thread did. */
  private static final AtomicInteger ASKED = new AtomicInteger();

  private RemoteAttacks() {}

  /** Does what its input says, line by line. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String step = in.readLine(); step != null; step = in.readLine()) {
      System.out.println(attempt(step.split(" ")));
    }
  }

  private static String attempt(String[] words) {
    try {
      return switch (words[0]) {
        case "connect" -> connect(Integer.parseInt(words[1]));
        case "cryptography" -> cryptography();
        case "wanted" -> String.valueOf(WANTED.get());
        case "threads" -> threads();
        default -> "no such step";
      };
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static String connect(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return "connected " + socket.isConnected();
    }
  }

  /** Offers everything that TLS needs, and records which threads use it. */
  private static final class Evil extends Provider {
    private static final long serialVersionUID = 1L;

    Evil() {
      super("Evil", "1", "offers everything");
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Service getService(String type, String algorithm) {
      ASKED.incrementAndGet();
      if (Thread.currentThread().getName().startsWith("appaware")) {
        WANTED.incrementAndGet();
      }
      return null;
    }
  }

  /** The JDK's own are changed too: their services are in a map that any code may change. */
  private static String cryptography() throws Exception {
    Security.insertProviderAt(new Evil(), 1);
    for (Provider each : Security.getProviders()) {
      if (!(each instanceof Evil)) {
        for (String type : List.of("Signature.", "SSLContext.", "KeyAgreement.", "Cipher.")) {
          for (Object key : each.keySet().toArray()) {
            if (key.toString().startsWith(type)) {
              each.put(key, "java.lang.Object");
            }
          }
        }
      }
    }
    for (String property :
        List.of("jdk.tls.client.protocols", "javax.net.ssl.trustStore", "jdk.tls.namedGroups")) {
      System.setProperty(property, "nothing");
    }
    System.setProperty("javax.net.debug", "all");
    Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    Security.setProperty("ssl.TrustManagerFactory.algorithm", "Evil");
    Security.setProperty("jdk.tls.disabledAlgorithms", "TLSv1.3");
    int before = ASKED.get();
    try {
      SSLContext unused = SSLContext.getInstance("TLSv1.3");
    } catch (Exception broken) {
      // The JDK's remaining services may suffice.
    }
    return ASKED.get() > before ? "in front" : "not asked";
  }

  /** What of the agent's threads can be reached. */
  private static String threads() {
    TreeSet<String> found = new TreeSet<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      Thread thread = each.getKey();
      if (thread.getName().startsWith("appaware")) {
        found.add(thread.getName());
        if (thread.getContextClassLoader() != null || thread.getClass() != Thread.class) {
          found.add("a loader or a class");
        }
        for (Field field : Thread.class.getDeclaredFields()) {
          try {
            field.setAccessible(true);
            if (!Modifier.isPublic(field.getModifiers())) {
              found.add("Thread." + field.getName());
            }
          } catch (InaccessibleObjectException closed) {
            // As it should be.
          }
        }
        thread.interrupt();
      }
    }
    return Arrays.toString(found.toArray());
  }
}
