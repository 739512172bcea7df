package io.github.appaware.target;

import static io.github.appaware.target.EntryPoints.LOOPBACK;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Hashtable;
import java.util.logging.SocketHandler;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;

/** Protocols that the JDK speaks itself. */
final class EntryPointsServices {
  private final EntryPoints all;

  private EntryPointsServices(EntryPoints all) {
    this.all = all;
  }

  static void all(EntryPoints all) {
    EntryPointsServices services = new EntryPointsServices(all);
    services.web();
    services.naming();
    services.remote();
  }

  private void web() {
    String host = "127.0.0.1:" + all.web.getPort();
    all.attempt(
        "HttpClient.send",
        () ->
            HttpClient.newHttpClient()
                .send(get("http://" + host + "/"), BodyHandlers.ofString())
                .statusCode());
    all.attempt(
        "HttpClient.sendAsync",
        () ->
            HttpClient.newHttpClient()
                .sendAsync(get("http://" + host + "/"), BodyHandlers.ofString())
                .get()
                .statusCode());
    all.attempt(
        "HttpClient.webSocket",
        () ->
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + host + "/"), new WebSocket.Listener() {})
                .get());
    all.attempt("URL(http)", () -> read("http://" + host + "/"));
    all.attempt("URL(https)", () -> read("https://127.0.0.1:" + all.tcp.getPort() + "/"));
    all.attempt("URL(ftp)", () -> read("ftp://127.0.0.1:" + all.tcp.getPort() + "/x"));
    all.attempt("URL(jar)", () -> read("jar:http://" + host + "/x.jar!/x"));
    all.attempt(
        "HttpServer",
        () -> {
          HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, all.own), 0);
          server.start();
          server.stop(0);
          return "listening";
        });
    all.attempt(
        "SocketHandler",
        () -> {
          new SocketHandler("127.0.0.1", all.tcp.getPort()).close();
          return "connected";
        });
  }

  private static HttpRequest get(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
  }

  private static String read(String url) throws Exception {
    URLConnection connection = URI.create(url).toURL().openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return "read " + in.readAllBytes().length;
    }
  }

  @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // it is what JNDI takes
  private void naming() {
    all.attempt(
        "JNDI(dns)",
        () -> {
          Hashtable<String, String> environment = new Hashtable<>();
          environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
          environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + all.udp.getPort());
          environment.put("com.sun.jndi.dns.timeout.initial", "50");
          environment.put("com.sun.jndi.dns.timeout.retries", "1");
          return new InitialDirContext(environment).getAttributes("example.com");
        });
    all.attempt(
        "JNDI(ldap)",
        () -> {
          Hashtable<String, String> environment = new Hashtable<>();
          environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
          environment.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + all.tcp.getPort());
          return new InitialDirContext(environment);
        });
  }

  @SuppressWarnings("BanJNDI") // nothing answers
  private void remote() {
    all.attempt(
        "RMI(registry)",
        () -> LocateRegistry.getRegistry("127.0.0.1", all.tcp.getPort()).list().length);
    all.attempt(
        "RMI(create registry)",
        () -> {
          Registry registry = LocateRegistry.createRegistry(all.own(1));
          UnicastRemoteObject.unexportObject(registry, true);
          return "listening";
        });
    all.attempt(
        "RMI(export)",
        () -> {
          Remote object = new Remote() {};
          UnicastRemoteObject.exportObject(object, all.own(2));
          UnicastRemoteObject.unexportObject(object, true);
          return "listening";
        });
    all.attempt(
        "JMX(connect)",
        () -> JMXConnectorFactory.connect(jmx(all.tcp.getPort())).getConnectionId());
    all.attempt(
        "JMX(server)",
        () -> {
          JMXServiceURL url = new JMXServiceURL("service:jmx:rmi://127.0.0.1:" + all.own(3));
          JMXConnectorServer server =
              JMXConnectorServerFactory.newJMXConnectorServer(
                  url, null, ManagementFactory.getPlatformMBeanServer());
          server.start();
          server.stop();
          return "listening";
        });
  }

  private static JMXServiceURL jmx(int port) throws Exception {
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
  }
}
