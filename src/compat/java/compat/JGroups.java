package compat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.pbcast.GMS;

// name: JGroups, UDP multicast
// maven: org.jgroups:jgroups:5.4.8.Final
// jvm: -Djgroups.bind_addr=127.0.0.1 -Djava.net.preferIPv4Stack=true
// client: no
final class JGroups {
  public static void main(String[] args) {
    LogManager.getLogManager().reset();
    Run.main(args, () -> 0, JGroups::talk);
  }

  private static void quiet(JChannel channel) {
    channel.getProtocolStack().<GMS>findProtocol(GMS.class).printLocalAddress(false);
  }

  private static void talk(int port) throws Exception {
    int messages = 100;
    CountDownLatch heard = new CountDownLatch(messages);
    try (JChannel a = new JChannel("udp.xml").name("a");
        JChannel b = new JChannel("udp.xml").name("b")) {
      quiet(a);
      quiet(b);
      b.setReceiver(
          new Receiver() {
            @Override
            public void receive(Message message) {
              heard.countDown();
            }
          });
      a.setDiscardOwnMessages(true).connect("compat");
      b.connect("compat");
      for (int i = 0; i < messages; i++) {
        a.send(null, "message " + i);
      }
      Run.say(heard.await(20, TimeUnit.SECONDS) + " " + b.getView().size());
      if (heard.getCount() > 0) {
        throw new IllegalStateException(heard.getCount() + " messages are missing");
      }
    }
  }
}
