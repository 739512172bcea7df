package io.github.appaware.jvm;

import java.lang.management.ManagementFactory;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Prints the names of the diagnostic commands of its JVM, as {@code jcmd help} does. */
final class CommandNames {
  private CommandNames() {}

  public static void main(String[] arguments) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    for (MBeanOperationInfo each : server.getMBeanInfo(commands).getOperations()) {
      System.out.println(each.getDescriptor().getFieldValue("dcmd.name"));
    }
  }
}
