package compat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

// name: Apache MINA FtpServer, Commons Net
// maven: org.apache.ftpserver:ftpserver-core:1.2.1
// also: commons-net:commons-net:3.12.0
// also: org.slf4j:slf4j-nop:2.0.17
final class FtpServer {
  public static void main(String[] args) {
    Run.main(args, FtpServer::serve, FtpServer::talk);
  }

  private static int serve() throws Exception {
    FtpServerFactory factory = new FtpServerFactory();
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(0);
    org.apache.ftpserver.listener.Listener made = listener.createListener();
    factory.addListener("default", made);
    BaseUser user = new BaseUser();
    user.setName("me");
    user.setPassword("secret");
    user.setHomeDirectory(Files.createTempDirectory("compat-ftp").toString());
    user.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(user);
    factory.createServer().start();
    return made.getPort();
  }

  private static void talk(int port) throws Exception {
    FTPClient client = new FTPClient();
    client.setConnectTimeout(5000);
    client.connect("127.0.0.1", port);
    Run.say(client.login("me", "secret"));
    client.setFileType(FTP.BINARY_FILE_TYPE);
    client.enterLocalPassiveMode();
    Run.say(client.storeFile("passive", new ByteArrayInputStream(new byte[50_000])));
    client.enterLocalActiveMode();
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    Run.say(client.retrieveFile("passive", back) + " " + back.size());
    client.logout();
  }
}
