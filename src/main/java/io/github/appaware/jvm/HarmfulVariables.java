package io.github.appaware.jvm;

import java.util.Map;

/**
 * Variables of the environment that make another program of what was measured, or have a name mean
 * another host. Options in variables are not among them; see {@link JvmOptions}.
 */
public enum HarmfulVariables {
  /** They load native code into a program, or have its libraries come from elsewhere: ld.so(8). */
  PRELOADING(Effect.LOADS_NATIVE_CODE, "LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES"),
  /**
   * They say where libraries of the system, once they are loaded, find code of theirs: the C
   * library's character sets, GLib, GTK, ALSA, Kerberos.
   */
  EXTENDING(
      Effect.LOADS_NATIVE_CODE,
      "GCONV_PATH GIO_EXTRA_MODULES GIO_MODULE_DIR GTK_MODULES GTK3_MODULES"
          + " GTK_PATH ALSA_CONFIG_PATH ALSA_PLUGIN_DIR GSS_MECH_CONFIG KRB5_CONFIG"),
  /** The C library's resolver looks for names in them, or appends them to names: resolver(5). */
  RESOLVING(Effect.CHANGES_NAMES, "HOSTALIASES LOCALDOMAIN RES_OPTIONS RESOLV_HOST_CONF"),
  /**
   * The {@code java} launcher shows the picture that they name, by native code of its own, before
   * there is a JVM ({@code ShowSplashScreen} in OpenJDK's {@code libjli/java.c}), and the display
   * that it is shown on: the name of a picture may also come from a jar that is exchanged in time.
   */
  SPLASHING(Effect.LOADS_NATIVE_CODE, "_JAVA_SPLASH_FILE _JAVA_SPLASH_JAR DISPLAY");

  private final Effect effect;
  private final String names;

  HarmfulVariables(Effect effect, String names) {
    this.effect = effect;
    this.names = names;
  }

  /** What a program with such a variable does. */
  public Effect effect() {
    return effect;
  }

  /** Whether what runs may be other code, or mean other hosts, than the measured files say. */
  public boolean voidsIdentity() {
    return this == PRELOADING || this == RESOLVING;
  }

  /**
   * The first of them that the one environment has and the other has not, or with another value:
   * {@code NAME=value}; null if there is none.
   */
  public String differing(Map<String, String> environment, Map<String, String> usual) {
    for (String name : names.split(" ", -1)) {
      String value = environment.get(name);
      if (value != null && !value.equals(usual.get(name))) {
        return name + "=" + value;
      }
    }
    return null;
  }
}
