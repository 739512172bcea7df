package io.github.appaware.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of etcd servers and of appaware's keys there: {@code
 * etcd://host:2379,host2:2379/prefix}, or {@code etcds://…?ca=FILE&cert=FILE&key=FILE} with TLS.
 *
 * @param servers a host and a port each, as it was written
 * @param tls whether to connect over TLS
 * @param prefix of all keys, with a slash in front and none at the end
 * @param ca PEM file of the certificates to trust, or null for the JDK's own
 * @param cert PEM file of our certificate, or null for none
 * @param key PEM file of its private key (PKCS 8), or null for none
 */
record EtcdAddress(List<String> servers, boolean tls, String prefix, Path ca, Path cert, Path key) {
  static final String HELP = "as in etcd://127.0.0.1:2379/appaware";

  private static final String DEFAULT_PREFIX = "/appaware";
  private static final String DEFAULT_PORT = ":2379";
  private static final List<String> FILES = List.of("ca", "cert", "key");

  private static final Pattern FORM =
      Pattern.compile("(etcds?)://([^/?#]*)(/[^?#]*)?(\\?([^#]*))?");
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._-]+)+");

  EtcdAddress {
    servers = List.copyOf(servers);
  }

  /**
   * Reads an address.
   *
   * @throws StoreException if it is none
   */
  static EtcdAddress parse(String text) throws StoreException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong("`" + text + "` is no address of a store", HELP);
    }
    boolean tls = form.group(1).equals("etcds");
    String path = form.group(3) == null ? "" : form.group(3).replaceFirst("/$", "");
    String prefix = path.isEmpty() ? DEFAULT_PREFIX : path;
    if (!PREFIX.matcher(prefix).matches()) {
      throw wrong(
          "`" + prefix + "` is no prefix of keys", "letters, digits, `.`, `_`, `-` and single `/`");
    }
    Map<String, Path> files = files(form.group(5) == null ? "" : form.group(5));
    if (!tls && !files.isEmpty()) {
      throw wrong("`etcd:` does without TLS, so it takes no files", "write `etcds:`");
    }
    if (files.containsKey("cert") != files.containsKey("key")) {
      throw wrong("of `cert` and `key` only one is given", "give both or none");
    }
    return new EtcdAddress(
        servers(form.group(2)), tls, prefix, files.get("ca"), files.get("cert"), files.get("key"));
  }

  private static List<String> servers(String text) throws StoreException {
    List<String> servers = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher server = SERVER.matcher(each);
      if (!server.matches()) {
        throw wrong("`" + each + "` is no address of a server", HELP);
      }
      String port = server.group(2) == null ? DEFAULT_PORT : server.group(2);
      int number = Integer.parseInt(port.substring(1));
      if (number < 1 || number > 65535) {
        throw wrong("`" + number + "` is no port", "ports are 1 to 65535");
      }
      servers.add(server.group(1) + port);
    }
    return servers;
  }

  private static Map<String, Path> files(String query) throws StoreException {
    Map<String, Path> files = new HashMap<>();
    if (query.isEmpty()) {
      return files;
    }
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      if (!FILES.contains(name)) {
        throw wrong("there is no option `" + name + "`", "expected `ca`, `cert` or `key`");
      }
      String value = equals < 0 ? "" : each.substring(equals + 1);
      try {
        if (value.isEmpty() || files.put(name, Path.of(value)) != null) {
          throw wrong("`" + name + "` needs the name of one file", "");
        }
      } catch (InvalidPathException e) {
        throw wrong("`" + value + "` is no file name", "");
      }
    }
    return files;
  }

  private static StoreException wrong(String message, String help) {
    return new StoreException(message, help, null);
  }

  /** The files that are given. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path file : new Path[] {ca, cert, key}) {
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  /** Without the files. */
  @Override
  public String toString() {
    return (tls ? "etcds://" : "etcd://") + String.join(",", servers) + prefix;
  }
}
