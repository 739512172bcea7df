package io.github.appaware.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.testkit.EtcdProcess;
import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store on an etcd that speaks TLS only, and to those alone who have a certificate. */
@Timeout(120)
class EtcdTlsIT {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path directory;
  private Path ca;
  private EtcdProcess etcd;

  @BeforeEach
  void start() throws Exception {
    EtcdProcess.assume();
    ServerHome home = home("home");
    ca = pem("ca", Pem.of(home.certificate()));
    Path server = directory.resolve("home/server.pem");
    String text = Files.readString(server);
    etcd =
        new EtcdProcess(
            directory,
            "--client-cert-auth",
            "--trusted-ca-file",
            ca.toString(),
            "--cert-file",
            pem("etcd", Pem.of(Pem.certificates(text).get(0))).toString(),
            "--key-file",
            pem("etcd-key", Pem.of(Pem.key(text))).toString());
  }

  @AfterEach
  void stop() {
    if (etcd != null) {
      etcd.close();
    }
  }

  private ServerHome home(String name) throws Exception {
    return ServerHome.init(directory.resolve(name), List.of("127.0.0.1"), Lifetimes.DEFAULT, CLOCK);
  }

  private Path pem(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name + ".pem"), text);
  }

  /** A client's certificate and key, from whoever trusts the home. */
  private String files(ServerHome home, String name) throws Exception {
    Authority authority = new Authority(home, CLOCK);
    Token token = authority.token(Role.AGENT, "", Duration.ofHours(1));
    KeyPair keys = ProofOfPossession.newKeys();
    String proof = ProofOfPossession.of(keys, ProofOfPossession.ENROL, token.secret(), name, "h");
    String key = ProofOfPossession.text(keys.getPublic());
    X509Certificate certificate =
        authority.enrol(new Message.Enroll(Message.VERSION, token.secret(), name, "h", key, proof));
    return "&cert="
        + pem(name, Pem.of(certificate))
        + "&key="
        + pem(name + "-key", Pem.of(keys.getPrivate()));
  }

  private EtcdStore open(Path authority, String files) throws IOException {
    return (EtcdStore)
        Stores.open(
            "etcds://" + etcd.server() + "/appaware?ca=" + authority + files, List.of(), CLOCK);
  }

  private void put(String files, String key, String value) throws IOException {
    String address = "etcds://" + etcd.server() + "?ca=" + ca + files;
    try (JetcdKeys keys = new JetcdKeys(EtcdAddress.parse(address))) {
      assertThat(keys.change("/nothing", 0, Map.of(key, value), Duration.ofSeconds(20)))
          .isPositive();
    }
  }

  @Test
  void answersAreSavedAndRead() throws Exception {
    String mine = files(ServerHome.open(directory.resolve("home")), "one");
    put(mine, "/policy/site.toml", "version = 1\n[default]\nunknown = 'deny'\n");
    String id;
    try (EtcdStore store = open(ca, mine)) {
      assertThat(store.load().rules()).isEmpty();
      List<Answers.Addition> answer =
          List.of(
              new Answers.Addition(
                  List.of("# answered"),
                  PolicyEntry.rule(Action.ALLOW).with(RuleKey.HOST, "a.example")));
      id = store.append(answer).get(0).id();
    }
    try (EtcdStore store = open(ca, mine)) {
      assertThat(store.load().rules()).extracting(Rule::id).containsExactly(id);
    }
  }

  @Test
  void whoeverIsNotTrustedIsNotSpokenTo() throws Exception {
    String mine = files(ServerHome.open(directory.resolve("home")), "two");
    put(mine, "/policy/site.toml", "version = 1\n");
    ServerHome strangers = home("strangers");
    Path theirs = pem("their-ca", Pem.of(strangers.certificate()));

    refused(theirs, mine); // etcd is not whom we trust
    refused(ca, ""); // we show no certificate
    refused(ca, files(strangers, "three")); // or one of an authority that etcd does not know
  }

  private void refused(Path authority, String files) throws IOException {
    try (EtcdStore store = open(authority, files)) {
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("etcds://" + etcd.server() + "/appaware can't be reached: ");
    }
  }
}
