package compat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.UnknownCommand;

// name: Apache SSHD, server and client
// maven: org.apache.sshd:sshd-core:2.16.0
// also: org.slf4j:slf4j-nop:2.0.17
final class MinaSshd {
  public static void main(String[] args) {
    Run.main(args, MinaSshd::serve, MinaSshd::talk);
  }

  private static int serve() throws Exception {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
    server.setPasswordAuthenticator((user, password, session) -> password.equals("secret"));
    server.setCommandFactory((channel, command) -> new UnknownCommand(command));
    server.start();
    return server.getPort();
  }

  private static void talk(int port) throws Exception {
    SshClient client = SshClient.setUpDefaultClient();
    client.start();
    try (ClientSession session =
        client.connect("me", "127.0.0.1", port).verify(Duration.ofSeconds(10)).getSession()) {
      session.addPasswordIdentity("secret");
      session.auth().verify(Duration.ofSeconds(10));
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      try (ChannelExec channel = session.createExecChannel("dance")) {
        channel.setErr(err);
        channel.open().verify(Duration.ofSeconds(10));
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(10));
        Run.say(err.toString("UTF-8").trim() + " " + channel.getExitStatus());
      }
    }
  }
}
