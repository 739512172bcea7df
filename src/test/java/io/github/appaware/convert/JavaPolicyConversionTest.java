package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.convert.Conversion.LeftOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each permission of a Java policy becomes: the rule's keys, or why there is none. */
class JavaPolicyConversionTest {
  private final Conversion conversion = new Conversion();

  private static final String BY_NAME =
      "(a program that asks for a name that leads to the address is denied the look-up: name it)";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*.a.example:443|connect|allow event=[\"resolve\", \"connect\", \"send\"]"
            + " host=\"*.a.example\" port=443",
        "a.example|Resolve|allow event=\"resolve\" host=\"a.example\"",
        "1.2.3.4:-1023|connect, resolve|allow event=[\"connect\", \"send\"] address=\"1.2.3.4\""
            + " port=[\"0-1023\", \"32768-60999\"] (port 0 is taken for Linux's usual range of"
            + " ephemeral ports); allow event=\"resolve\" address=\"1.2.3.4\" "
            + BY_NAME,
        "[::1]:1024-|connect|allow event=[\"connect\", \"send\"] address=\"::1\""
            + " port=\"1024-65535\"; allow event=\"resolve\" address=\"::1\" "
            + BY_NAME,
        "::1|connect|lost: an IPv6 address needs brackets; the JDK ignores the permission",
        "127.0.0.1:80|connect|allow event=[\"connect\", \"send\"] address=\"127.0.0.1\" port=80;"
            + " allow event=\"resolve\" host=\"localhost\"",
        "127.0.0.1:1024-|listen|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"bind\", \"listen\"] port=[\"0\", \"1024-65535\"]",
        "localhost:80|accept|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"accept\", \"receive\"] address=[\"127.0.0.1\", \"::1\"] port=80",
        "*|connect|allow event=[\"connect\", \"send\"]; allow event=\"resolve\"",
        "localhost:8080|listen|allow event=\"resolve\" host=\"localhost\"; allow event=[\"bind\", \"listen\"] port=8080",
        ":80|connect|lost: a port without a host: the JDK grants nothing; write `localhost`",
        "localhost:0|listen|allow event=\"resolve\" host=\"localhost\"; allow"
            + " event=[\"bind\", \"listen\"] port=[\"0\", \"32768-60999\"]"
            + " (port 0 is taken for Linux's usual range of ephemeral ports)",
        "a.example:1|listen|allow event=\"resolve\" host=\"a.example\"; lost: `listen`: the JDK asks"
            + " for `localhost`, whatever the local address",
        "a.example|accept|allow event=\"resolve\" host=\"a.example\"; lost: `accept`: a peer has an address only, for which no name is looked"
            + " up: use its address",
        "${host}|connect|lost: a policy has no properties to expand",
        "a.example|dance|lost: has an unknown action `dance`",
        "a.example:x|connect|lost: `x` is not a port (write a number from 0 to 65535, a range"
            + " like `\"8000-8099\"`, or `\"ephemeral\"`)",
      })
  void socketPermissions(String target, String actions, String expected) {
    JavaPolicy.convert(
        "p",
        "grant { permission java.net.SocketPermission \"%s\", \"%s\"; };"
            .formatted(target, actions),
        conversion);
    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void javaPoliciesHaveCommentsKeystoresAndGrantsForSome() {
    JavaPolicy.convert(
        "p",
        """
        keystore "x", "JKS"; // a
        /* grant { permission java.net.SocketPermission "no", "connect"; }; */
        grant codeBase "file:/x.jar", signedBy "me" {
          permission java.net.SocketPermission "a", "connect";
        };
        grant codeBase "file:/lib/-" { permission java.net.SocketPermission "b", "connect"; };
        grant principal com.X "me" { permission java.net.SocketPermission "c", "connect"; };
        grant {
          permission java.security.AllPermission;
          permission java.net.SocketPermission "d", "connect", signedBy "me";
          permission java.net.SocketPermission "e";
          permission java.io.FilePermission "/tmp", "read";
          permission java.util.PropertyPermission "x", "read"
        };
        grant {""",
        conversion);

    assertThat(conversion.pieces())
        .extracting(piece -> piece.source() + ": " + ((LeftOut) piece).reason())
        .containsExactly(
            "p:4 java.net.SocketPermission a, connect: policies have no signers and principals",
            "p:6 java.net.SocketPermission b, connect: code of `file:/lib/-` is not a jar with a name",
            "p:7 java.net.SocketPermission c, connect: policies have no signers and principals",
            "p:9 java.security.AllPermission: is about more than sockets; name what it needs of"
                + " them",
            "p:10 java.net.SocketPermission d, connect, me: policies have no signers",
            "p:11 java.net.SocketPermission e: expected a target and actions",
            "p:13: a `;` is missing: the JDK ignores the whole file",
            "p:15: a `}` is missing: the JDK ignores the whole file",
            "p:15: a `;` is missing: the JDK ignores the whole file",
            "p: permissions that are not about the network: 2");
    assertThat(conversion.isExact()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "grant { permission java.net.NetPermission \"accessUnixDomainSocket\"; };"
            + " | allow protocol=\"unix\"",
        "grant { permission java.net.NetPermission \"*\"; }; | allow protocol=\"unix\"",
        "grant { permission java.net.NetPermission \"getProxySelector\"; };"
            + " | passed: permissions that are not about the network: 1",
        "grant codeBase \"file:/x.jar\" { permission java.net.NetPermission"
            + " \"accessUnixDomainSocket\"; }; | allow protocol=\"unix\" origin=\"jar:x.jar\""
            + " (an origin is the code that causes the event; code that calls it is not looked at)",
        "grant { permission java.net.SocketPermission \"a\", \"resolve\"; }"
            + " | allow event=\"resolve\" host=\"a\"; lost: a `;` is missing: the JDK ignores the"
            + " whole file",
        "<html>; | lost: is not an entry: the JDK ignores the whole file",
      })
  void theJdkReadsJavaPoliciesStrictly(String policy, String expected) {
    JavaPolicy.convert("p", policy, conversion);
    assertThat(outcome()).isEqualTo(expected);
  }

  private String outcome() {
    return Outcome.of(conversion);
  }
}
