package compat;

import java.net.Socket;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;

// name: JDK RMI
final class JdkRmi {
  /** The remote interface. */
  public interface Adder extends Remote {
    int add(int a, int b) throws RemoteException;
  }

  private static Remote kept;

  public static void main(String[] args) {
    System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    Run.main(args, JdkRmi::serve, JdkRmi::talk);
  }

  private static int serve() throws Exception {
    int[] port = new int[1];
    Registry registry =
        LocateRegistry.createRegistry(
            0,
            (host, to) -> new Socket(host, to),
            any -> {
              java.net.ServerSocket socket = new java.net.ServerSocket(any);
              port[0] = socket.getLocalPort();
              return socket;
            });
    Adder adder = (a, b) -> a + b;
    kept = adder;
    registry.bind("adder", UnicastRemoteObject.exportObject(adder, 0));
    return port[0];
  }

  private static void talk(int port) throws Exception {
    Adder adder = (Adder) LocateRegistry.getRegistry("127.0.0.1", port).lookup("adder");
    Run.say(adder.add(40, 2) + " " + (kept == null));
  }
}
