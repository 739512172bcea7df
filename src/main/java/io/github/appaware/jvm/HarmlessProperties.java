package io.github.appaware.jvm;

import java.util.Map;
import java.util.Set;

/** The harmless ones among the system properties that a command line may set. */
final class HarmlessProperties {
  /** Names that the JDK reads begin like this; others pass, but for those in {@link #HARMFUL}. */
  private static final String[] OF_THE_JDK = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  /** Where the effect is known. */
  private static final Map<String, Effect> HARMFUL =
      Map.ofEntries(
          Map.entry("jdk.net.hosts.file", Effect.CHANGES_NAMES),
          Map.entry("impl.prefix", Effect.CHANGES_NAMES),
          Map.entry("java.home", Effect.REPLACES_CLASSES),
          Map.entry("java.system.class.loader", Effect.REPLACES_CLASSES),
          Map.entry("java.security.properties", Effect.REPLACES_CLASSES),
          Map.entry("java.protocol.handler.pkgs", Effect.REPLACES_CLASSES),
          Map.entry("java.nio.file.spi.DefaultFileSystemProvider", Effect.REPLACES_CLASSES),
          Map.entry("java.nio.channels.spi.SelectorProvider", Effect.REPLACES_CLASSES),
          Map.entry("java.nio.channels.spi.AsynchronousChannelProvider", Effect.REPLACES_CLASSES),
          // Relative entries of the class path begin in user.dir, and the separators take it apart.
          Map.entry("user.dir", Effect.REPLACES_CLASSES),
          Map.entry("path.separator", Effect.REPLACES_CLASSES),
          Map.entry("file.separator", Effect.REPLACES_CLASSES),
          Map.entry("jdk.attach.allowAttachSelf", Effect.INJECTS_CODE),
          Map.entry("sun.boot.library.path", Effect.LOADS_NATIVE_CODE),
          Map.entry("sun.security.smartcardio.library", Effect.LOADS_NATIVE_CODE),
          Map.entry("sun.security.jgss.lib", Effect.LOADS_NATIVE_CODE),
          Map.entry("sun.security.jgss.native", Effect.LOADS_NATIVE_CODE),
          Map.entry("java.net.useSystemProxies", Effect.LOADS_NATIVE_CODE));

  private static final Set<String> HARMLESS =
      Set.of(
          // Set by the launcher; the class path is what was measured.
          "java.class.path",
          "sun.java.command",
          "sun.java.launcher",
          "sun.java.launcher.diag",
          "sun.java.launcher.mode",
          "jdk.internal.javac.source",
          "jdk.module.main",
          "jdk.module.validation",
          "jdk.module.showModuleResolution",
          // Each library that is found here is an event of its own.
          "java.library.path",
          "java.awt.headless",
          "java.io.tmpdir",
          "java.locale.providers",
          "java.locale.useOldISOCodes",
          "java.net.preferIPv4Stack",
          "java.net.preferIPv6Addresses",
          "java.rmi.server.hostname",
          "java.util.Arrays.useLegacyMergeSort",
          "java.util.concurrent.ForkJoinPool.common.parallelism",
          "java.util.concurrent.ForkJoinPool.common.maximumSpares",
          "java.util.logging.SimpleFormatter.format",
          "java.util.logging.config.file",
          "java.vendor.url.bug",
          "javax.net.debug",
          "javax.net.ssl.keyStore",
          "javax.net.ssl.keyStorePassword",
          "javax.net.ssl.keyStoreType",
          "javax.net.ssl.trustStore",
          "javax.net.ssl.trustStorePassword",
          "javax.net.ssl.trustStoreType",
          "jdk.http.auth.proxying.disabledSchemes",
          "jdk.http.auth.tunneling.disabledSchemes",
          "jdk.httpclient.HttpClient.log",
          "jdk.httpclient.allowRestrictedHeaders",
          "jdk.httpclient.connectionPoolSize",
          "jdk.httpclient.keepalive.timeout",
          "jdk.io.permissionsUseCanonicalPath",
          "jdk.nio.maxCachedBufferSize",
          "jdk.tls.client.protocols",
          "jdk.tls.ephemeralDHKeySize",
          "jdk.tls.server.protocols",
          "jdk.tracePinnedThreads",
          "jdk.virtualThreadScheduler.maxPoolSize",
          "jdk.virtualThreadScheduler.parallelism",
          "jdk.xml.elementAttributeLimit",
          "jdk.xml.entityExpansionLimit",
          "jdk.xml.maxGeneralEntitySizeLimit",
          "jdk.xml.totalEntitySizeLimit",
          "sun.io.useCanonCaches",
          "sun.net.client.defaultConnectTimeout",
          "sun.net.client.defaultReadTimeout",
          "sun.net.http.allowRestrictedHeaders",
          "sun.net.http.retryPost",
          "sun.net.inetaddr.negative.ttl",
          "sun.net.inetaddr.ttl",
          "sun.stderr.encoding",
          "sun.stdout.encoding",
          "sun.zip.disableMemoryMapping",
          "com.sun.jndi.ldap.connect.timeout",
          "com.sun.jndi.ldap.read.timeout",
          "com.sun.net.ssl.checkRevocation",
          "com.sun.security.enableCRLDP");

  private HarmlessProperties() {}

  /**
   * What setting a property does, or null when it is harmless.
   *
   * @param definition {@code name} or {@code name=value}
   */
  static Effect effect(String definition) {
    int equals = definition.indexOf('=');
    String name = equals < 0 ? definition : definition.substring(0, equals);
    String value = equals < 0 ? "" : definition.substring(equals + 1);
    Effect effect = HARMFUL.get(name);
    if (effect != null) {
      return effect;
    }
    if (name.startsWith("com.sun.management")) {
      return Effect.INJECTS_CODE; // a remote console can load agents
    }
    if (name.endsWith("trustURLCodebase")) {
      return Effect.INJECTS_CODE;
    }
    if (name.startsWith("jvmci.")) {
      return Effect.LOADS_NATIVE_CODE;
    }
    if (name.equals("java.security.egd")) {
      return value.startsWith("file:") ? null : Effect.UNKNOWN;
    }
    if (name.equals("java.security.manager")) {
      return value.equals("allow") || value.equals("disallow") ? null : Effect.UNKNOWN;
    }
    return HARMLESS.contains(name) || !isOfTheJdk(name) ? null : Effect.UNKNOWN;
  }

  private static boolean isOfTheJdk(String name) {
    for (String prefix : OF_THE_JDK) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
