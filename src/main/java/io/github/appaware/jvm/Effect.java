package io.github.appaware.jvm;

/** What an option does that is not harmless. */
public enum Effect {
  /** An agent, remote management or attaching puts code into the JVM. */
  INJECTS_CODE("injects code", true),
  /** Classes come from elsewhere than the class path or module path that was measured. */
  REPLACES_CLASSES("replaces classes", true),
  /** A name means another address than the system says. */
  CHANGES_NAMES("changes what names resolve to", true),
  /** The JVM starts a program. */
  RUNS_COMMAND("runs a command", true),
  /** The JVM loads a library, or lets code without the JDK's permission do so. */
  LOADS_NATIVE_CODE("loads native code", true),
  /** The launcher loads another JVM than the JDK's own. */
  OTHER_JVM("starts another JVM", true),
  /** Code reaches what the JDK keeps to itself, the functions beneath the hooks among it. */
  OPENS_JDK("opens the JDK's own classes", false),
  /** Bytecode is not verified, so that it may reach everything. */
  UNVERIFIED("switches off the verification of code", false),
  /** It is in no list: the safe assumption. */
  UNKNOWN("is not known to be harmless", true);

  private final String words;
  private final boolean voidsIdentity;

  Effect(String words, boolean voidsIdentity) {
    this.words = words;
    this.voidsIdentity = voidsIdentity;
  }

  /** To be put behind the option's name. */
  public String words() {
    return words;
  }

  /** Whether what runs may be other code, or mean other hosts, than the measured files say. */
  public boolean voidsIdentity() {
    return voidsIdentity;
  }
}
