package io.github.appaware.target;

import java.net.InetAddress;
import java.net.Socket;
import org.mockito.Mockito;

/** Has Mockito's inline maker change classes of the JDK, and then uses the real ones. */
public final class Mocking {
  private Mocking() {}

  /** Argument: a port. */
  @SuppressWarnings("DirectInvocationOnMock") // that is what is to be seen
  public static void main(String[] arguments) throws Exception {
    Socket mock = Mockito.mock(Socket.class);
    Mockito.when(mock.getPort()).thenReturn(42);
    System.out.println("mock: " + mock.getPort());
    HardPlaces.main(new String[] {arguments[0], "once"});
    System.out.println("address: " + Mockito.mock(InetAddress.class).getHostName());
    HardPlaces.main(new String[] {arguments[0], "once"});
  }
}
