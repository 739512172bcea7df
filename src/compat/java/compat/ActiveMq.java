package compat;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.URI;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;

// name: ActiveMQ, broker and client
// maven: org.apache.activemq:activemq-broker:6.1.7
// also: org.slf4j:slf4j-nop:2.0.17
final class ActiveMq {
  public static void main(String[] args) {
    Run.main(args, ActiveMq::serve, ActiveMq::talk);
  }

  private static int serve() throws Exception {
    BrokerService broker = new BrokerService();
    broker.setPersistent(false);
    broker.setUseJmx(false);
    TransportConnector connector = broker.addConnector(URI.create("tcp://127.0.0.1:0"));
    broker.start();
    broker.waitUntilStarted();
    return connector.getConnectUri().getPort();
  }

  private static void talk(int port) throws Exception {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
    try (Connection connection = factory.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      connection.start();
      Queue queue = session.createQueue("compat");
      MessageProducer producer = session.createProducer(queue);
      for (int i = 0; i < 10; i++) {
        producer.send(session.createTextMessage("message " + i));
      }
      MessageConsumer consumer = session.createConsumer(queue);
      for (int i = 0; i < 10; i++) {
        Run.say(((TextMessage) consumer.receive(10_000)).getText());
      }
    }
  }
}
