package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.NameAttacks;
import io.github.appaware.target.netty.resolver.dns.DnsAddressDecoder;
import io.github.appaware.target.netty.resolver.dns.DnsNameResolver;
import io.github.appaware.target.netty.resolver.dns.DnsRecord;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.NamesWorld;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a program says of names, and name servers of its own, reach no address more. */
@ExtendWith(ToolExtension.class)
class NameAttacksIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      protocol = 'udp'
      address = ['127.0.0.1', '127.0.0.2', '0.0.0.0']
      [[rule]]
      id = 'api'
      action = 'allow'
      host = 'api.example'
      [[rule]]
      id = 'most'
      action = 'allow'
      host = '*.other.test'
      [[rule]]
      id = 'secret'
      action = 'deny'
      host = 'secret.other.test'
      """;

  private static final String LIAR =
      """
      import java.net.*;
      import java.net.spi.*;
      import java.util.stream.Stream;

      public class Liar extends InetAddressResolverProvider {
        public static void main(String[] arguments) throws Exception {
          for (String name : new String[] {"api.example", "true.example", "other.example"}) {
            try (Socket socket = new Socket(InetAddress.getByName(name), 8080)) {
              System.out.println(name + ": reached " + socket.getInetAddress().getHostAddress());
            } catch (Exception e) {
              System.out.println(name + ": " + e);
            }
          }
        }

        public String name() { return "liar"; }

        public InetAddressResolver get(Configuration configuration) {
          return new InetAddressResolver() {
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                throws UnknownHostException {
              int last = host.equals("true.example") ? 5 : 6;
              return Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) last}));
            }

            public String lookupByAddress(byte[] address) { return "x"; }
          };
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;
  private NamesWorld world;

  @JarOf(NameAttacks.class)
  private Path jar;

  @BeforeEach
  void prepare() throws Exception {
    world = new NamesWorld(directory);
    Files.writeString(directory.resolve("p.toml"), POLICY);
  }

  private Result run(Jdk jdk, String classPath, String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-q", "--blind", "allow", "-p", "p.toml", "--log", "log"));
    words.addAll(List.of("--", jdk.java(), "-cp", classPath));
    words.addAll(List.of(arguments));
    String names =
        "api.example=127.0.0.5 true.example=127.0.0.5 other.example=127.0.0.6"
            + " secret.other.test=127.0.0.6 liar.other.test=other:api.example";
    return world.run(tool, "", names, words);
  }

  @TestOnEachJdk
  void nothingThatAProgramSaysOfANameWidensARule(Jdk jdk) throws Exception {
    String netty =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.contains("netty"))
            .collect(Collectors.joining(File.pathSeparator));
    String fakes =
        Programs.library(directory.resolve("decoder.jar"), DnsAddressDecoder.class, "x:y:1")
            + File.pathSeparator
            + Programs.library(directory.resolve("record.jar"), DnsRecord.class, "x:y:1")
            + File.pathSeparator
            + Programs.library(directory.resolve("resolver.jar"), DnsNameResolver.class, "x:y:1");
    String path = String.join(File.pathSeparator, jar.toString(), fakes, netty);
    Result result = run(jdk, path, NameAttacks.class.getName(), "8080");

    String denied =
        "java.net.ConnectException: appaware: connect tcp to 127.0.0.6:8080 denied by default";
    assertThat(result.out().lines())
        .as(result.err())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("the label: " + denied),
            line -> assertThat(line).startsWith("the library's class: " + denied),
            line -> assertThat(line).startsWith("the hook of libraries: " + denied),
            line -> assertThat(line).startsWith("a server on another address: " + denied),
            line -> assertThat(line).startsWith("a server on another port: " + denied),
            line -> assertThat(line).isEqualTo("it found 127.0.0.6"),
            line -> assertThat(line).startsWith("the library with a server of its own: " + denied),
            line -> assertThat(line).startsWith("an answer from elsewhere: " + denied),
            line ->
                assertThat(line).startsWith("a buffer that is changed while it is read: " + denied),
            line -> assertThat(line).startsWith("a decoder of the library's name: " + denied),
            line -> assertThat(line).startsWith("a resolver of the library's name: " + denied),
            line -> assertThat(line).startsWith("the same for many addresses: " + denied),
            line ->
                assertThat(line).startsWith("the library with a hosts file of its own: " + denied),
            line -> assertThat(line).startsWith("the library with what is in its cache: " + denied),
            line -> assertThat(line).startsWith("an object that was read: " + denied),
            line -> assertThat(line).startsWith("JNDI with a server of its own: " + denied),
            line -> assertThat(line).startsWith("an answer for another name: " + denied),
            line ->
                assertThat(line)
                    .startsWith("a denied name with escapes: java.net.UnknownHostException: ")
                    .contains("denied by rule \"secret\""),
            line ->
                assertThat(line).isEqualTo("a buffer that is changed while it is written: over"));
    assertThat(world.queries())
        .isNotEmpty()
        .allMatch(line -> line.matches("udp (api\\.example (1|28)|liar\\.other\\.test 1)"));
  }

  /** An address that such a resolver gives has the name if the JDK's own finds the same. */
  @TestOnEachJdk
  void aResolverOfTheApplicationsIsBelievedWhatIsTrue(Jdk jdk) throws Exception {
    assumeTrue(jdk.feature() >= 18, "JDK 17 has no resolvers to provide");
    Path folder = Programs.compiled(jdk, directory.resolve("liar"), "Liar", LIAR);
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.net.spi.InetAddressResolverProvider"), "Liar\n");
    Files.writeString(
        directory.resolve("p.toml"),
        POLICY.replace("'api.example'", "['api.example', 'true.example']"));

    Result result = run(jdk, folder.toString(), "Liar");

    assertThat(result.out().lines())
        .as(result.err())
        .satisfiesExactly(
            line ->
                assertThat(line).contains("api.example: ", "connect tcp to 127.0.0.6:8080 denied"),
            line -> assertThat(line).isEqualTo("true.example: reached 127.0.0.5"),
            line -> assertThat(line).contains("other.example: ", "resolve other.example denied"));
  }
}
