package compat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

// name: dnsjava, over UDP
// maven: dnsjava:dnsjava:3.6.3
// also: org.slf4j:slf4j-nop:2.0.17
// peer: udp
final class DnsJava {
  public static void main(String[] args) {
    Run.main(args, DnsJava::serve, DnsJava::talk);
  }

  private static int serve() throws Exception {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> answer(socket));
    thread.setDaemon(true);
    thread.start();
    return socket.getLocalPort();
  }

  private static void answer(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
        socket.receive(packet);
        Message query = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        Name name = query.getQuestion().getName();
        answer.addRecord(
            new ARecord(name, DClass.IN, 60, InetAddress.getByName("192.0.2.7")), Section.ANSWER);
        byte[] bytes = answer.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (Exception e) {
      Run.say("server: " + e);
    }
  }

  private static void talk(int port) throws Exception {
    SimpleResolver resolver = new SimpleResolver(InetAddress.getByName("127.0.0.1"));
    resolver.setPort(port);
    resolver.setTimeout(Duration.ofSeconds(2));
    for (int i = 0; i < 5; i++) {
      Lookup lookup = new Lookup("name" + i + ".example.com.", Type.A);
      lookup.setResolver(resolver);
      Record[] records = lookup.run();
      if (records == null) {
        throw new IllegalStateException(lookup.getErrorString());
      }
      Run.say(records[0]);
    }
  }
}
