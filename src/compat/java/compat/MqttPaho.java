package compat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

// name: Eclipse Paho, MQTT
// maven: org.eclipse.paho:org.eclipse.paho.client.mqttv3:1.2.5
final class MqttPaho {
  public static void main(String[] args) {
    Run.main(args, MqttPaho::serve, MqttPaho::talk);
  }

  /** A broker that can be published to: acknowledges the packets that it reads. */
  private static int serve() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> answer(server));
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  private static void answer(ServerSocket server) {
    try (Socket peer = server.accept();
        DataInputStream in = new DataInputStream(peer.getInputStream());
        OutputStream out = peer.getOutputStream()) {
      for (int type = in.read(); type >= 0; type = in.read()) {
        byte[] packet = new byte[in.readUnsignedByte()];
        in.readFully(packet);
        switch (type >> 4) {
          case 1 -> out.write(new byte[] {0x20, 2, 0, 0});
          case 3 -> {
            int topic = packet[1];
            out.write(new byte[] {0x40, 2, packet[2 + topic], packet[3 + topic]});
          }
          default -> {}
        }
      }
    } catch (IOException e) {
      Run.say("server: " + e);
    }
  }

  private static void talk(int port) throws Exception {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setConnectionTimeout(5);
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, "compat", new MemoryPersistence());
    client.connect(options);
    for (int i = 0; i < 5; i++) {
      client.publish("topic", ("message " + i).getBytes("UTF-8"), 1, false);
    }
    client.disconnect();
    Run.say("published");
  }
}
