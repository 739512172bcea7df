package io.github.appaware.e2e;

import io.github.appaware.target.KidAttacks;
import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ways of a program out of its JVM, by what it starts and what it loads: for each, the line that
 * {@link KidAttacks} reads.
 *
 * <p>Longer than other files because it is one table.
 */
final class KidAttackTable {
  /**
   * One attack.
   *
   * @param getsOut whether it reaches the witness on each JDK where it is allowed; others depend on
   *     how the JDK was built, or have a part to play in an attack only
   */
  record Attack(String name, String line, boolean getsOut) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String KID = KidAttacks.class.getName();

  private final List<Attack> all = new ArrayList<>();
  private final KidAttackFiles files;
  private final Jdk jdk;
  private final int port;
  private final String program;

  KidAttackTable(KidAttackFiles files, Jdk jdk, int port) throws IOException {
    this.files = files;
    this.jdk = jdk;
    this.port = port;
    this.program = "\t-cp\t" + files.path("kid.jar") + "\t" + KID + "\t";
    commandsOfTheJvm();
    nativeCodeOfTheJvm();
    picturesOfTheLauncher();
    agentsAndOpenModules();
    otherNamesAndClasses();
    programs();
    programsByTheJdk();
    whatChangesMeanwhile();
    otherDisplays();
    libraries();
  }

  List<Attack> all() {
    return all;
  }

  private void getsOut(String name, String... words) {
    all.add(new Attack(name, String.join("\t", words), true));
  }

  private void mayGetOut(String name, String... words) {
    all.add(new Attack(name, String.join("\t", words), false));
  }

  private void java(String name, String... words) {
    getsOut(name, "java\t" + String.join("\t", words));
  }

  private void javaMayGetOut(String name, String... words) {
    mayGetOut(name, "java\t" + String.join("\t", words));
  }

  private void commandsOfTheJvm() throws IOException {
    String script = files.script("memory.sh", port);
    String option = "-XX:OnOutOfMemoryError=" + script;
    String memory = program + "memory";
    files.text("flags", "OnOutOfMemory'Error'=" + script);
    files.text("vm", "-Xmx64m '-XX:OnOutOf'Memory\"Error=" + script + "\"");
    files.text("args", "-Xmx64m\n\"-XX:OnOutOfMemory\\\n    Error=" + script + "\"");
    files.text("nested", "# @args\n-Xmx64m @" + files.path("args"));
    java("command when memory runs out", option + memory);
    java("that command with another sign", option.replace("=", ":=") + memory);
    java("that command in a file of flags", "-XX:Flags=" + files.path("flags") + memory);
    java("that command in a file of options", "-XX:VMOptionsFile=" + files.path("vm") + memory);
    java("that command in JAVA_TOOL_OPTIONS", "JAVA_TOOL_OPTIONS='" + option + "'" + memory);
    java(
        "that command in _JAVA_OPTIONS",
        "_JAVA_OPTIONS=-XX:OnOut\"OfMemory\"Error=" + script + memory);
    java("that command in an argument file", "@" + files.path("args") + memory);
    javaMayGetOut("that command in a nested argument file", "@" + files.path("nested") + memory);
    java("that command in JDK_JAVA_OPTIONS", "JDK_JAVA_OPTIONS=@" + files.path("args") + memory);
    java(
        "that file of flags in a variable",
        "JAVA_TOOL_OPTIONS=-XX:\"Fla\"gs=" + files.path("flags") + memory);
    java(
        "command at a crash",
        "-XX:+CrashOnOutOfMemoryError\t-XX:-CreateCoredumpOnCrash\t-XX:ErrorFile=/dev/null"
            + "\t-XX:OnError="
            + script
            + memory);
  }

  private void nativeCodeOfTheJvm() throws IOException {
    java("another JVM", "-XXaltjvm=" + files.libraries("vm1", "libjvm.so"), "-version");
    java(
        "another JVM for a tool", "-J-XXaltjvm=" + files.libraries("vm2", "libjvm.so"), "-version");
    java(
        "another JVM in a variable",
        "JDK_ALTERNATE_VM=" + files.libraries("vm3", "libjvm.so"),
        "-version");
    java("native agent", "-agentpath:" + files.library(), "-version");
    java(
        "native agent in a variable",
        "JAVA_TOOL_OPTIONS=-agent'path:'" + files.library(),
        "-version");
    java(
        "native agent in JDK_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS=\"-agentpath:" + files.library() + "\"",
        "-version");
    javaMayGetOut(
        "native agent by its name",
        "-Dsun.boot.library.path=" + files.libraries("boot", "libkid.so"),
        "-agentlib:kid",
        "-version");
    javaMayGetOut("agent of old", "-Xrunkid", "-version");
    java("preloaded library", "LD_PRELOAD=" + files.library(), "-version");
    java("auditing library", "LD_AUDIT=" + files.library(), "-version");
    javaMayGetOut(
        "library in the place of the system's",
        "LD_LIBRARY_PATH=" + files.libraries("system", "libz.so.1", "libdl.so.2"),
        "-version");
    javaMayGetOut(
        "compiler of the JVM",
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+EnableJVMCI",
        "-XX:+UseJVMCINativeLibrary",
        "-XX:JVMCILibPath=" + files.libraries("jvmci", "libjvmcicompiler.so"),
        "-version");
    if (jdk.feature() >= 25) {
      javaMayGetOut(
          "JVM that makes a cache",
          "JDK_AOT_VM_OPTIONS=-agentpath:" + files.library(),
          "-XX:AOTCacheOutput=" + files.path("made.aot") + program + "x");
    }
  }

  /** The X11 library connects to the display, which is a port from 6000 on. */
  private void picturesOfTheLauncher() throws IOException {
    String display = "DISPLAY=127.0.0.1:" + (port - 6000);
    String picture = files.text("picture.gif", "x");
    String image = "SplashScreen-Image: picture.gif";
    String plain = KidAttackFiles.manifest("Dummy: x");
    java("picture", display, "-splash:" + picture + program + "x");
    java("picture in a variable", "_JAVA_SPLASH_FILE=" + picture, display, "-version");
    java("picture of a jar", display, "-jar", files.jar("picture.jar", image));
    javaMayGetOut(
        "picture in the first of two manifests",
        display,
        "-jar",
        files.jar("two.jar", KidAttackFiles.manifest(image), plain));
    javaMayGetOut(
        "picture in the second of two manifests",
        display,
        "-jar",
        files.jar("second.jar", plain, KidAttackFiles.manifest(image)));
    javaMayGetOut(
        "picture in a manifest that Java can't read",
        display,
        "-jar",
        files.jar("broken.jar", KidAttackFiles.manifest(image + "\r\n:broken"), null));
  }

  private void agentsAndOpenModules() throws IOException {
    String open = "java.base/sun.nio.ch=ALL-UNNAMED";
    String natives = program + "natives\t" + port;
    files.text("open.args", "--add-opens '" + open + "'");
    files.text("agent.args", "-javaagent:\"" + files.path("kid.jar") + "\"=" + port);
    java("native methods of an open module", "--add-opens", open + natives);
    java("that in an argument file", "@" + files.path("open.args") + natives);
    java("that in JDK_JAVA_OPTIONS", "JDK_JAVA_OPTIONS=--add-opens=" + open + natives);
    java(
        "that in a manifest",
        "-jar",
        files.jar("open.jar", "Add-Opens: java.base/sun.nio.ch"),
        "natives",
        "" + port);
    java(
        "agent in a manifest",
        "WITNESS=" + port,
        "-jar",
        files.jar("early.jar", "Launcher-Agent-Class: " + KID),
        "x");
    java("agent", "-javaagent:" + files.path("kid.jar") + "=" + port + program + "x");
    java(
        "agent by its library",
        "-agentlib:instrument=" + files.path("kid.jar") + "=" + port + program + "x");
    java("agent in an argument file", "@" + files.path("agent.args") + program + "x");
    java(
        "debugger that connects",
        "-agentlib:jdwp=transport=dt_socket,server=n,address=127.0.0.1:" + port + program + "x");
    javaMayGetOut("port for attaching", "-XX:+StartAttachListener" + program + "x");
    javaMayGetOut("port for management", "-Dcom.sun.management.jmxremote.port=0" + program + "x");
    javaMayGetOut("attaching to itself", "-Djdk.attach.allowAttachSelf=true" + program + "x");
  }

  private void otherNamesAndClasses() throws IOException {
    String connect = program + "connect\t" + port;
    files.text("hosts", "127.0.0.1 vendor.example\n");
    for (String option :
        List.of(
            "-Djdk.net.hosts.file=" + files.path("hosts"),
            "HOSTALIASES=" + files.path("hosts"),
            "LOCALDOMAIN=attacker.example",
            "RES_OPTIONS=ndots:15",
            "-Djava.security.properties=" + files.path("hosts"),
            "--patch-module=java.base=" + files.path("none"),
            "--upgrade-module-path=" + files.path("none"),
            "-Xbootclasspath/a:" + files.path("kid.jar"),
            "-XX:SharedArchiveFile=" + files.path("hosts"),
            "-Djava.system.class.loader=" + KID,
            "-Djava.nio.file.spi.DefaultFileSystemProvider=" + KID)) {
      javaMayGetOut(
          option.replaceAll("[=:].*/", "=").replaceFirst("=.*attacks", "="), option + connect);
    }
  }

  private void programs() throws IOException {
    String script = files.script("program.sh", port);
    String shell = "exec 3<>/dev/tcp/127.0.0.1/" + port;
    String preload = "LD_PRELOAD=";
    getsOut("shell", "start", "bash", "-c", shell);
    getsOut("shell without an environment", "start", "env", "-i", "bash", "-c", shell);
    getsOut("script", "start", script);
    getsOut("session of its own", "start", "setsid", "-w", script);
    getsOut("program of programs", "start", "timeout", "60", script);
    getsOut("program of many", "start", "find", script, "-exec", "{}", ";");
    getsOut("variable of env", "start", "env", preload + files.library(), jdk.java(), "-version");
    mayGetOut(
        "own program by the kernel's link",
        "start",
        "/proc/self/exe",
        "-agentpath:" + files.library(),
        "-version");
    getsOut(
        "JDK's compiler", "start", tool("javac"), "-J-agentpath:" + files.library(), "-version");
    getsOut("JDK's archiver", "start", tool("jar"), "-J-agentpath:" + files.library(), "--version");
    getsOut(
        "link to the JDK's java",
        "start",
        files.link(jdk, "links/java"),
        "-agentpath:" + files.library(),
        "-version");
    getsOut(
        "other name of the JDK's java",
        "start",
        files.link(jdk, "links/jvm"),
        "-agentpath:" + files.library(),
        "-version");
    getsOut(
        "java of a false JDK", "start", files.falseJdk("false", port) + "/bin/java", "-version");
    getsOut(
        "relative java of a false JDK",
        "in-directory",
        files.path("false"),
        "bin/java",
        "-version");
    getsOut(
        "loader of the system",
        "start",
        loader(),
        "--preload",
        files.library(),
        jdk.java(),
        "-version");
  }

  private String tool(String name) {
    return jdk.home().resolve("bin").resolve(name).toString();
  }

  private static String loader() {
    return "/lib64/ld-linux-x86-64.so.2";
  }

  private void programsByTheJdk() throws IOException {
    String script = files.script("other.sh", port);
    getsOut("command line in one text", "exec-text", script + " x");
    getsOut(
        "variables in an array",
        "exec-with-variables",
        "LD_PRELOAD=" + files.library(),
        jdk.java());
    getsOut("program in a decoded bean", "decoder", script);
    getsOut("link that changes", "flipped-java", files.path("java"), script);
    getsOut("debugger's start of a JVM", "debugger", "-agentpath:" + files.library());
    getsOut("shell of Java", "shell-of-java", "-agentpath:" + files.library());
  }

  private void whatChangesMeanwhile() throws IOException {
    getsOut("variable that changes", "flipped-variable", files.library());
    mayGetOut("JVM that dumps its classes", "dumped-classes", files.path("dumped.jsa"));
    getsOut("attaching by a tool of the JDK", "attach-by-module", files.library());
    getsOut("library by its descriptor", "load-by-descriptor", files.library());
    String script = files.script("grandchild.sh", port);
    String start = program.substring(1) + "start";
    java("program of a child", start, script);
    java("option of a grandchild", start, jdk.java(), "-agentpath:" + files.library(), "-version");
    getsOut(
        "copy of the JDK's java with a library beside it",
        "start",
        files.copy(jdk, "copied"),
        "-version");
    javaMayGetOut(
        "converter of characters",
        "GCONV_PATH=" + files.libraries("gconv", "UTF-16.so"),
        "LC_ALL=C.UTF-8",
        "-version");
  }

  /** Native code of the JDK connects to it, by TCP or a Unix-domain socket. */
  private void otherDisplays() throws IOException {
    String picture = "-splash:" + files.text("displayed.gif", "x");
    javaMayGetOut("display at a port", "DISPLAY=127.0.0.1:" + (port - 6000), "-version");
    javaMayGetOut("display at a socket", "DISPLAY=:7", "-version");
    javaMayGetOut("picture on a display at a socket", "DISPLAY=unix:7", picture + program + "x");
  }

  private void libraries() throws IOException {
    for (String way :
        List.of(
            "load-by-runtime",
            "load-by-handle",
            "load-by-reflection",
            "load-by-expression",
            "load-in-pool",
            "load-by-link",
            "keystore",
            "provider-list")) {
      getsOut(way, way, files.library());
    }
  }
}
