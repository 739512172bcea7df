package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each permission of Deno becomes: the rule's keys, or why there is none. */
class DenoConversionTest {
  private final Conversion conversion = new Conversion();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--allow-net=a.example             | allow host=\"a.example\"",
        "-N=*.a.example:8080               | allow host=[\"*.a.example\", \"a.example\"] port=8080",
        "-RN=1.2.3.4                       | allow address=\"1.2.3.4\"",
        "--deny-net=[2001:db8::1]:443      | deny event=[\"connect\", \"send\", \"bind\","
            + " \"listen\"] address=\"2001:db8::1\" port=443",
        "--allow-net=[2001:db8::1]         | allow address=\"2001:db8::1\"",
        "--allow-net=10.0.0.0/8            | allow address=\"10.0.0.0/8\"",
        "--allow-net='a.example'           | allow host=\"a.example\"",
        "-A                                | allow",
        "-RA                               | allow",
        "--allow-net | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "--deny-net  | deny event=\"resolve\"; deny protocol=[\"tcp\", \"udp\"]",
        "-NR         | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "--allow-net=          | lost: the host is empty, so it matches nothing",
        "--allow-net=vsock:2:1 | lost: Java has no vsock sockets",
        "--allow-net=a:        | lost: `:` is not a port (write a number from 0 to 65535, a range"
            + " like `\"8000-8099\"`, or `\"ephemeral\"`)",
        "--allow-net=https://a | lost: `https://a` is a URL, not a host name (write the host"
            + " alone: `a`)",
        "--allow-net=10.0.0.1/8| lost: `10.0.0.1/8` has bits set beyond its prefix (the network"
            + " is `10.0.0.0/8`)",
        "--allow-read=/tmp     | passed: is not about the network",
        "--allow-import=a      | passed: is about modules that Deno fetches, which no JVM does",
        "-RW                   | passed: is not about the network",
        "run -r --watch main.ts| ''",
        "deno run --allow-net=a main.ts --allow-net=b | allow host=\"a\"; passed: is after the"
            + " program's name, so Deno gives it to the program",
        "deno run -r main.ts -A   | passed: is after the program's name, so Deno gives it to the"
            + " program",
        "deno run --allow-net b   | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "deno run -c x.json -N=a main.ts | allow host=\"a\"",
        "deno run --strange x -N=a main.ts | lost: may be after the program's name: write flags"
            + " with `=`",
        "deno -N=a main.ts        | allow host=\"a\"",
        "/opt/bin/deno test x.ts -N=a -- -N=b | allow host=\"a\"; passed: is after the program's"
            + " name, so Deno gives it to the program",
        "deno eval 'fetch(1)'     | allow",
        "deno serve -N=a --port 9000 --host 192.0.2.1 main.ts | allow host=\"a\"; allow"
            + " address=\"192.0.2.1\" port=9000",
        "deno serve -N main.ts    | allow event=\"resolve\"; allow protocol=[\"tcp\", \"udp\"]",
        "deno fmt -A              | ''",
        "echo -N=a # -N=b         | allow host=\"a\"",
      })
  void denoPermissions(String words, String expected) {
    DenoConfig.commands(words, new DenoPermissions(conversion));
    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void everyCommandOfAScriptIsAProgramOfItsOwn(@TempDir Path dir) throws Exception {
    DenoPermissions permissions = new DenoPermissions(conversion);
    DenoConfig.convert(
        "run.sh",
        """
        #!/bin/sh
        # deno run -N=old main.ts
        deno run \\
          --allow-net=a \\
          main.ts 2>&1 && deno run --allow-net='b' x.ts;deno cache x.ts
        """,
        permissions,
        conversion);
    permissions.finish("run.sh");
    assertThat(conversion.pieces())
        .extracting(Conversion.Piece::source)
        .containsExactly("run.sh:3: --allow-net=a", "run.sh:5: --allow-net=b", "run.sh");
    assertThat(outcome())
        .isEqualTo(
            "allow host=\"a\"; allow host=\"b\"; lost: its programs have different permissions;"
                + " the policy is for one program: it allows what any of them may");
  }

  private String outcome() {
    return Outcome.of(conversion);
  }
}
