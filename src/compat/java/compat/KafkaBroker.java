package compat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;

// server: kafka
// maven: org.apache.kafka:kafka_2.13:4.1.0
// also: org.slf4j:slf4j-nop:1.7.36
final class KafkaBroker {
  /** Runs until it is killed. Arguments: its port, the controller's port, an empty directory. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[2]);
    Path properties =
        Files.writeString(
            directory.resolve("server.properties"),
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$s
            listeners=PLAINTEXT://127.0.0.1:%1$s,CONTROLLER://127.0.0.1:%2$s
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$s
            controller.listener.names=CONTROLLER
            log.dirs=%3$s
            offsets.topic.replication.factor=1
            """
                .formatted(args[0], args[1], directory.resolve("data")));
    String[] format = {"format", "-t", "AAAAAAAAQACAAAAAAAAAAA", "-c", properties.toString()};
    StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream()));
    kafka.Kafka.main(new String[] {properties.toString()});
  }
}
