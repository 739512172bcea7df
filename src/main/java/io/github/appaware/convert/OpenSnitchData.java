package io.github.appaware.convert;

import io.github.appaware.event.Address;
import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.AddressPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PortRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What OpenSnitch compares a connection with, as values of a rule's keys. An empty list stands for
 * data that has none: OpenSnitch compares text, so `10.0.0.0/8` as an address matches nothing.
 */
final class OpenSnitchData {
  private OpenSnitchData() {}

  static List<String> host(String data) {
    return data.contains("*") ? List.of() : List.of(data);
  }

  static List<String> addresses(boolean regexp, String data) {
    List<String> all = regexp ? Alternatives.addresses(data) : List.of(data);
    return all.stream().allMatch(OpenSnitchData::isNormalAddress) ? all : List.of();
  }

  /** Any other spelling of an address than the usual one is never that of a connection. */
  private static boolean isNormalAddress(String text) {
    try {
      return Address.of(AddressLiteral.parse(text)).toString().equals(text);
    } catch (MalformedValue e) {
      return false;
    }
  }

  /** A network, whose bits after the prefix don't count. OpenSnitch's names are in a file of it. */
  static List<String> network(String data) {
    int slash = data.indexOf('/');
    if (slash < 0 || !data.substring(slash + 1).matches("[0-9]{1,3}")) {
      return List.of();
    }
    try {
      Address address = Address.of(AddressLiteral.parse(data.substring(0, slash)));
      int length = Integer.parseInt(data.substring(slash + 1));
      return length > address.bits()
          ? List.of()
          : List.of(AddressPattern.Network.around(address, length).toString());
    } catch (MalformedValue e) {
      return List.of();
    }
  }

  static List<String> ports(boolean regexp, String data) {
    List<String> all = regexp ? Alternatives.words(data) : List.of(data);
    return all.stream().allMatch(port -> port.matches("0|[1-9][0-9]{0,4}")) ? all : List.of();
  }

  static List<String> range(String data) {
    String bare = data.replace(" ", "");
    return bare.matches("[0-9]{1,5}-[0-9]{1,5}") ? List.of(bare) : List.of();
  }

  /** Whether one of the ports or ranges has the port in it. */
  static boolean includes(List<String> ports, String port) {
    for (String each : ports) {
      try {
        if (PortRange.parse(each).contains(Integer.parseInt(port))) {
          return true;
        }
      } catch (MalformedValue e) {
        return false; // the policy's reader has a message for it
      }
    }
    return false;
  }

  /** Whether the text means more than itself where globs are read. */
  static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> "*?[]{}\\".indexOf(c) >= 0);
  }

  /**
   * The files of a folder that OpenSnitch reads as lists of names.
   *
   * @param remarks gets the first line of each that OpenSnitch reads otherwise
   */
  static List<String> lists(String folder, List<String> remarks) {
    TreeSet<Path> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.*")) {
      for (Path file : files) {
        if (!file.getFileName().toString().startsWith(".") && Files.isRegularFile(file)) {
          names.add(file.toAbsolutePath());
        }
      }
      for (Path file : names) {
        remarks.addAll(differences(file));
      }
    } catch (IOException e) {
      return List.of(); // the folder is on another machine, say
    }
    List<String> texts = new ArrayList<>();
    names.forEach(name -> texts.add(name.toString()));
    return texts;
  }

  /** OpenSnitch takes what follows `0.0.0.0` or `127.0.0.1` for one name, and skips other lines. */
  private static List<String> differences(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String bare = line.strip();
      boolean counts = !bare.isEmpty() && !bare.startsWith("#");
      if (counts
          && !line.stripTrailing().matches("(0\\.0\\.0\\.0|127\\.0\\.0\\.1) [^\\s#*?\\[]+")) {
        return List.of(file + ":" + number + ": OpenSnitch reads this line otherwise, or not");
      }
    }
    return List.of();
  }
}
