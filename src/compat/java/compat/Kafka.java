package compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

// name: Kafka clients
// maven: org.apache.kafka:kafka-clients:4.1.0
// also: org.slf4j:slf4j-nop:2.0.17
// needs: kafka
final class Kafka {
  public static void main(String[] args) {
    Run.main(args, null, Kafka::talk);
  }

  private static void talk(int port) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", "127.0.0.1:" + port,
            "request.timeout.ms", 5000,
            "default.api.timeout.ms", 8000,
            "max.block.ms", 8000);
    String topic = "compat-" + System.nanoTime();
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < 100; i++) {
        producer.send(new ProducerRecord<>(topic, "message " + i));
      }
      producer.flush();
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      List<String> heard = new ArrayList<>();
      while (heard.size() < 100) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(1))) {
          heard.add(each.value());
        }
      }
      Run.say(heard.size() + " " + heard.get(99));
    }
  }
}
