package compat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

// table: dnsjava, and a JDK Socket
// maven: dnsjava:dnsjava:3.6.3
// also: org.slf4j:slf4j-nop:2.0.17
final class ReachDnsJava {
  public static void main(String[] args) {
    Reach.main(args, ReachDnsJava::go);
  }

  private static void go(String host, int port) throws Exception {
    Lookup lookup = new Lookup(host + ".", Type.A);
    Record[] found = lookup.run();
    if (found == null) {
      throw new UnknownHostException(lookup.getErrorString());
    }
    InetAddress address = ((ARecord) found[0]).getAddress();
    try (Socket socket = new Socket(address, port)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Reach.expect(socket.getInputStream().read() == 'H', "another");
    }
  }
}
