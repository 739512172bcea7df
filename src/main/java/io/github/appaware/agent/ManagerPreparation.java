package io.github.appaware.agent;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the agent does before a program of JDK 17 to 23 sets a security manager of its own, so that
 * the manager is asked what it would be asked without the agent, and nothing else.
 *
 * <p>When a class first refers to another one, the JVM has {@code ClassLoader.checkPackageAccess}
 * ask the manager; without a manager it only notes that the question is settled. So the agent
 * settles all its own: each class of the JDK that its class files mention is looked up once. The
 * JDK reads its policy before it lets a program have a manager whose class is not the JDK's, which
 * is when this begins.
 */
final class ManagerPreparation implements Runnable {
  /** The JDK's policy, by its internal name: its loading is the begin. */
  static final String IS_BEGIN = "sun/security/provider/PolicyFile";

  /** A limit for the program's wait, in milliseconds; what is not prepared by then is only seen. */
  private static final long PATIENCE = 5_000;

  private static final String OWN = "io/github/appaware/";

  /** The tags in front of constants and the sizes of what follows: JVM specification, 4.4. */
  private static final int UTF8 = 1;

  private static final int[] SIZES = {
    0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private final String jar;
  private final VerdictCache verdicts;
  private volatile boolean begun;

  /** Whatever the program has set by then. */
  private final PrivilegedAction<Void> preparing =
      new PrivilegedAction<>() {
        @Override
        public Void run() {
          return prepare();
        }
      };

  ManagerPreparation(String jar, VerdictCache verdicts) {
    this.jar = jar;
    this.verdicts = verdicts;
  }

  /** At the end of the start: with a manager of the command line, which sees that. */
  @SuppressWarnings("removal") // there is none on JDK 24 and later
  void afterStart() {
    if (System.getSecurityManager() != null) {
      try {
        BridgeCalls.prepare();
        JdkFiles.prepare();
        ProxySettings unused = ProxySettings.get();
        verdicts.prepare();
      } catch (SecurityException e) {
        // One that is not the JDK's and forbids it. What it forbids later is denied.
      }
    }
  }

  /**
   * On a thread that loads a class, where the JVM would not weave what is loaded meanwhile: the
   * work is another thread's.
   */
  @Override
  @SuppressWarnings("removal") // the JDKs without managers do not have that policy either
  public void run() {
    if (begun || System.getSecurityManager() != null) {
      return; // done, or a manager of the JDK's, which asks the policy and nothing else
    }
    begun = true;
    Thread thread =
        new Thread("appaware-preparation") {
          @Override
          public void run() {
            Void unused = AccessController.doPrivileged(preparing);
          }
        };
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Void prepare() {
    BridgeCalls.prepare();
    JdkFiles.prepare();
    ProxySettings unused = ProxySettings.get();
    verdicts.prepare();
    try (ZipFile classes = new ZipFile(new File(jar))) {
      Set<String> names = new TreeSet<>();
      for (Enumeration<? extends ZipEntry> all = classes.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().startsWith(OWN) && entry.getName().endsWith(".class")) {
          try (InputStream in = classes.getInputStream(entry)) {
            addMentioned(new DataInputStream(in), names);
          }
        }
      }
      for (String name : names) {
        settle(name);
      }
    } catch (IOException e) {
      // Then a manager may see more questions than without the agent.
    }
    return null;
  }

  /** By way of an array's class: looking that up initializes nothing. */
  private static void settle(String internalName) {
    try {
      Class<?> unused = Class.forName("[L" + internalName.replace('/', '.') + ";");
    } catch (ClassNotFoundException | LinkageError e) {
      // A class of another version of the JDK, or no class at all.
    }
  }

  /** All types of the JDK in the constant pool, in the descriptors too. */
  private static void addMentioned(DataInputStream in, Set<String> names) throws IOException {
    in.skipNBytes(8);
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        addTypes(in.readUTF(), names);
      } else {
        in.skipNBytes(SIZES[tag]);
        i += tag == LONG || tag == DOUBLE ? 1 : 0; // they count twice
      }
    }
  }

  private static void addTypes(String text, Set<String> names) {
    if (isOfTheJdk(text) && text.indexOf(';') < 0) {
      names.add(text);
      return;
    }
    for (int from = text.indexOf('L'); from >= 0; from = text.indexOf('L', from + 1)) {
      int end = text.indexOf(';', from);
      if (end > from && isOfTheJdk(text.substring(from + 1))) {
        names.add(text.substring(from + 1, end));
      }
    }
  }

  private static boolean isOfTheJdk(String text) {
    return text.startsWith("java/") || text.startsWith("javax/") || text.startsWith("sun/");
  }
}
