package io.github.appaware.launch;

import io.github.appaware.identity.OpenFiles;
import io.github.appaware.identity.OwnOptions;
import io.github.appaware.linux.SystemCalls;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.PremainJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The run's premain jar, which the target is started with, and those that agents make of it for
 * child processes. All are in the run's directory, which the target can write: what a process has
 * opened is compared with what it should be.
 */
final class RunAgent implements OwnOptions.AgentJars {
  private static final Pattern NAME =
      Pattern.compile("[0-9a-f]{" + PremainJar.ID_LENGTH + "}" + Pattern.quote(PremainJar.SUFFIX));

  private final byte[] template;
  private final AgentOptions options;

  /** Null where child JVMs are started with jars in the run's directory. */
  private final SealedAgent sealed;

  private final Set<Path> reported = ConcurrentHashMap.newKeySet();

  private RunAgent(byte[] template, AgentOptions options, SealedAgent sealed) {
    this.template = template;
    this.options = options;
    this.sealed = sealed;
  }

  /**
   * Writes the run's jar.
   *
   * @param options without the paths of premain jars, which this adds
   * @param calls to seal what child JVMs load, or null not to
   */
  static RunAgent write(Path directory, AgentOptions options, SystemCalls calls)
      throws IOException {
    String id = RandomSecret.id();
    Path jar = directory.resolve(id + PremainJar.SUFFIX);
    AgentOptions shared =
        new AgentOptions(
            options.socket(),
            options.token(),
            options.store(),
            options.woven(),
            options.home(),
            options.tool(),
            jar.toString(),
            jar.toString(),
            options.agent());
    byte[] template = template(Path.of(options.agent()));
    SealedAgent sealed =
        calls == null ? null : SealedAgent.make(calls, template, RandomSecret.id(), shared);
    RunAgent agent = new RunAgent(template, sealed == null ? shared : sealed.in(shared), sealed);
    Files.write(jar, agent.content(jar), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return agent;
  }

  private static byte[] template(Path agent) throws IOException {
    try (ZipFile jar = new ZipFile(agent.toFile())) {
      ZipEntry entry = jar.getEntry(PremainJar.TEMPLATE);
      if (entry == null) {
        throw new IOException("`" + agent + "` is not of this version of appaware");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  private byte[] content(Path jar) throws IOException {
    String name = jar.getFileName().toString();
    String id = name.substring(0, name.length() - PremainJar.SUFFIX.length());
    return PremainJar.make(template, id, options.withOwn(jar.toString()));
  }

  /** The jar that any JVM of the run may be started with. */
  Path jar() {
    return Path.of(options.shared());
  }

  @Override
  public boolean isNamed(Path jar) {
    return (sealed != null && sealed.isNamed(jar)) || isInDirectory(jar);
  }

  private boolean isInDirectory(Path jar) {
    return jar().getParent().equals(jar.getParent())
        && NAME.matcher(jar.getFileName().toString()).matches();
  }

  @Override
  public boolean isOpen(long pid, Path jar) {
    if (sealed != null && sealed.isNamed(jar)) {
      return sealed.isOpen(pid);
    }
    if (!isInDirectory(jar)) {
      return false;
    }
    OpenFiles open = OpenFiles.of(pid);
    try {
      byte[] content = content(jar);
      if (!open.areKnown()) {
        return jar.equals(jar()) && Arrays.equals(content, Files.readAllBytes(jar));
      }
      for (Path descriptor : open.named(jar)) {
        if (Files.size(descriptor) == content.length
            && Arrays.equals(content, Files.readAllBytes(descriptor))) {
          reported.add(jar);
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  @Override
  public boolean isOption(String option) {
    return sealed != null && sealed.isOption(option);
  }

  /**
   * The jars that agents have made for child JVMs, as far as they are still there, and no process
   * has reported from: its JVM did not start, or another class stood in the place of the agent's.
   */
  List<Path> unreported() {
    List<Path> unreported = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(jar().getParent())) {
      for (Path each : all) {
        if (isInDirectory(each) && !each.equals(jar()) && !reported.contains(each)) {
          unreported.add(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return unreported; // the directory is gone, and the run fails for that
    }
    return unreported;
  }
}
