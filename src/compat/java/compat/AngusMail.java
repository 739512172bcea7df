package compat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;

// name: Angus Mail, SMTP
// maven: org.eclipse.angus:angus-mail:2.0.4
final class AngusMail {
  public static void main(String[] args) {
    Run.main(args, AngusMail::serve, AngusMail::talk);
  }

  /** An SMTP server that can receive one message. */
  private static int serve() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(() -> answer(server));
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  private static void answer(ServerSocket server) {
    try (Socket peer = server.accept();
        BufferedReader in = new BufferedReader(new InputStreamReader(peer.getInputStream()));
        PrintStream out = new PrintStream(peer.getOutputStream(), true)) {
      out.print("220 ready\r\n");
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("Subject: ")) {
          Run.say("server got " + line);
        } else if (line.equals("DATA")) {
          data = true;
          out.print("354 go on\r\n");
        } else if (!data || line.equals(".")) {
          data = false;
          out.print((line.equals("QUIT") ? "221" : "250") + " fine\r\n");
        }
      }
    } catch (IOException e) {
      Run.say("server: " + e);
    }
  }

  private static void talk(int port) throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.localhost", "client");
    properties.put("mail.smtp.connectiontimeout", "5000");
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("from@example.com"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("to@example.com"));
    message.setSubject("compatible");
    message.setText("text");
    Transport.send(message);
    Run.say("sent");
  }
}
