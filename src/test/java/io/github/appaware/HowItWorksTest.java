package io.github.appaware;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.hook.Weaver;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What the page {@code how-it-works.md} quotes is what there is. */
class HowItWorksTest {
  private static final Path PAGE = Path.of("src/site/markdown/how-it-works.md");

  private static final String METHOD =
      "static int connect(java.net.ProtocolFamily, java.io.FileDescriptor, java.net.InetAddress,"
          + " int)";

  @TempDir private Path directory;

  private static String page() throws Exception {
    return Files.readString(PAGE);
  }

  /** The blocks in this language, without what explains each line. */
  private static List<String> blocks(String language) throws Exception {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page());
    return matcher.results().map(result -> result.group(1)).toList();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17, disabledReason = "shows JDK 17's code")
  void theHookedMethodIsAsJavapShowsIt() throws Exception {
    Path home = Path.of(System.getProperty("java.home"));
    Path file = directory.resolve("Net.class");
    try (Weaver weaver = Weaver.of(home)) {
      Files.write(file, weaver.weaveAll().get("sun/nio/ch/Net").woven());
    }

    String before = code("--system", home.toString(), "sun.nio.ch.Net");
    String after = code(file.toString());
    assertThat(before).startsWith(blocks("text").get(0));
    assertThat(after).startsWith(blocks("text").get(1));
    // What followed before weaving follows still, but for the numbers of lines.
    assertThat(operations(after)).endsWith(operations(before));
  }

  private static String code(String... arguments) {
    StringWriter out = new StringWriter();
    String[] all = new String[arguments.length + 2];
    all[0] = "-p";
    all[1] = "-c";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    PrintWriter writer = new PrintWriter(out);
    ToolProvider.findFirst("javap").orElseThrow().run(writer, writer, all);
    String text = out.toString();
    String method = text.substring(text.indexOf(METHOD));
    return method
        .lines()
        .skip(2)
        .takeWhile(line -> !line.isBlank())
        .map(line -> line.substring(6).replaceAll("#\\d+ +// \\S+ ", ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String operations(String code) {
    return code.lines()
        .map(line -> line.substring(4).replaceAll("^(\\w+ +)\\d+$", "$1N"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theAdviceIsTheOneOfThatName() throws Exception {
    String source =
        Files.readString(
            Path.of("src/main/java/io/github/appaware/hook/advice/ConnectAdvice.java"));

    assertThat(source.replaceAll("(?m)^  ", "")).contains(blocks("java").get(0));
  }

  @Test
  void theFrameHasTheseBytes() throws Exception {
    String quoted =
        blocks("text")
            .get(3)
            .lines()
            .map(line -> line.split(" {3,}", -1)[0])
            .collect(Collectors.joining(" "));

    ByteBuffer frame = FrameChannel.frame(new Message.Decided(7, denial()));
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    assertThat(quoted).isEqualTo(HexFormat.ofDelimiter(" ").formatHex(bytes));
  }

  @Test
  void theMessageOfTheExceptionIsTheVerdicts() throws Exception {
    Event event =
        new Event.Inet(
                EventKind.CONNECT,
                Protocol.TCP,
                Address.of(new byte[] {93, (byte) 184, (byte) 215, 14}),
                443)
            .withHost("example.com");

    assertThat(blocks("text").get(2))
        .isEqualTo("java.net.ConnectException: " + denial().describe(event) + "\n");
  }

  private static Verdict denial() {
    Reason reason = new Reason(Reason.Kind.RULE, "no-telemetry", "p.toml:9");
    return new Verdict(false, reason, Verdict.Reuse.NOTHING, 1);
  }

  @Test
  void theSourcesThatItNamesAreThere() throws Exception {
    Matcher matcher = Pattern.compile("`(src/[\\w/.-]+)`").matcher(page());
    List<String> paths = matcher.results().map(result -> result.group(1)).toList();

    assertThat(paths).isNotEmpty().allMatch(path -> Files.exists(Path.of(path)));
  }
}
