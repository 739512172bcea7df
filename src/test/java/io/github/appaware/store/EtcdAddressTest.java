package io.github.appaware.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdAddressTest {
  @Test
  void whatIsNotSaidIsTheUsual() throws StoreException {
    EtcdAddress address = EtcdAddress.parse("etcd://one,[::1]:99");
    assertThat(address.servers()).containsExactly("one:2379", "[::1]:99");
    assertThat(address.tls()).isFalse();
    assertThat(address.prefix()).isEqualTo("/appaware");
    assertThat(address).hasToString("etcd://one:2379,[::1]:99/appaware");
  }

  @Test
  void filesAreForTls() throws StoreException {
    EtcdAddress address = EtcdAddress.parse("etcds://h:1/a/b/?ca=c.pem&cert=x.pem&key=/k.pem");
    assertThat(address.tls()).isTrue();
    assertThat(address.prefix()).isEqualTo("/a/b");
    assertThat(address.files())
        .containsExactly(Path.of("c.pem"), Path.of("x.pem"), Path.of("/k.pem"));
    assertThat(address).hasToString("etcds://h:1/a/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/p | `http://h/p` is no address of a store",
        "etcd:// | `` is no address of a server",
        "etcd://h,/p | `` is no address of a server",
        "etcd://h:0/p | `0` is no port",
        "etcd://h:65536/p | `65536` is no port",
        "etcd://u@h/p | `u@h` is no address of a server",
        "etcd://h/a//b | `/a//b` is no prefix of keys",
        "etcd://h/%41 | `/%41` is no prefix of keys",
        "etcd://h/p?ca=x | `etcd:` does without TLS, so it takes no files",
        "etcds://h/p?cert=x | of `cert` and `key` only one is given",
        "etcds://h/p?ca= | `ca` needs the name of one file",
        "etcds://h/p?ca=x&ca=y | `ca` needs the name of one file",
        "etcds://h/p?password=x | there is no option `password`",
      })
  void whatIsWrongIsSaid(String text, String message) {
    assertThatThrownBy(() -> EtcdAddress.parse(text))
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
  }
}
