package io.github.appaware.hook;

import static io.github.appaware.hook.Hook.NOW;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.hook.Hook.BeforeNative;
import io.github.appaware.hook.Hook.BeforeNative.Then;
import io.github.appaware.hook.Hook.Inlined;
import io.github.appaware.hook.advice.AgentAdvice;
import io.github.appaware.hook.advice.ChildAdvice;
import io.github.appaware.hook.advice.ForeignAdvice;
import io.github.appaware.hook.advice.LibraryAdvice;
import io.github.appaware.hook.advice.RawLibraryAdvice;
import java.util.List;

/**
 * The hooked methods of the JDK that end in loading native code, in starting an agent or in
 * starting a process: the part of the {@link HookTable} that causes blind events. What else in the
 * JDK's libraries could do so is listed with its reason in the tests ({@code surface/loading.txt}).
 */
final class LoadingTable {
  private static final String STRING = "Ljava/lang/String;";

  static final List<Hook> ROWS =
      List.of(
          // Libraries for JNI and for java.lang.foreign.
          row(
              "jdk.internal.loader.NativeLibraries",
              "loadLibrary",
              LibraryAdvice.class,
              0,
              "(Ljava/lang/Class;" + STRING + "Z)Ljdk/internal/loader/NativeLibrary;"),
          row(
              "jdk.internal.loader.RawNativeLibraries",
              "load",
              RawLibraryAdvice.class,
              22,
              "(" + STRING + ")Ljdk/internal/loader/NativeLibrary;"),
          // Native functions and native memory; since JDK 24 also asked for methods of JNI.
          row(
              "jdk.internal.reflect.Reflection",
              "ensureNativeAccess",
              ForeignAdvice.class,
              22,
              "(Ljava/lang/Class;Ljava/lang/Class;" + STRING + "Z)V",
              "(Ljava/lang/Class;Ljava/lang/Class;" + STRING + ")V"),
          // What the target starts.
          row(
              "java.lang.ProcessImpl",
              "start",
              ChildAdvice.class,
              0,
              "(["
                  + STRING
                  + "Ljava/util/Map;"
                  + STRING
                  + "[Ljava/lang/ProcessBuilder$Redirect;Z)Ljava/lang/Process;"),
          // Agents.
          row(
              "sun.instrument.InstrumentationImpl",
              "loadClassAndCallAgentmain",
              AgentAdvice.class,
              0,
              "(" + STRING + STRING + ")V"),
          before(
              "com.sun.management.internal.DiagnosticCommandImpl$Wrapper",
              "execute",
              "([" + STRING + ")" + STRING,
              "com/sun/management/internal/DiagnosticCommandImpl",
              "executeDiagnosticCommand",
              "diagnostic"),
          // Libraries that the application names, and that the JDK opens itself.
          before(
              "sun.security.pkcs11.wrapper.PKCS11",
              "<init>",
              "(" + STRING + STRING + ")V",
              "sun/security/pkcs11/wrapper/PKCS11",
              "connect",
              "library"),
          before(
              "sun.security.pkcs11.Secmod",
              "initialize",
              "(Lsun/security/pkcs11/Secmod$DbMode;" + STRING + STRING + "Z)V",
              "sun/security/pkcs11/Secmod",
              "nssLoadLibrary",
              "library"),
          before(
              "sun.security.smartcardio.PlatformPCSC$1",
              "run",
              "()Ljava/lang/Throwable;",
              "sun/security/smartcardio/PlatformPCSC",
              "initialize",
              "library"),
          gss(
              "sun.security.jgss.wrapper.SunNativeProvider$1",
              "run",
              17,
              23,
              "()Ljava/util/HashMap;"),
          gss(
              "sun.security.jgss.wrapper.SunNativeProvider",
              "getMechOIDs",
              24,
              NOW,
              "()[Lorg/ietf/jgss/Oid;"),
          // Libraries of the system that load further ones, or speak to the network.
          new Hook(
              "sun.net.spi.DefaultProxySelector",
              "<clinit>",
              List.of("()V"),
              new BeforeNative(
                  "sun/net/spi/DefaultProxySelector",
                  "init",
                  0,
                  "libgio-2.0.so",
                  Then.SKIP,
                  Bridge.class,
                  "systemProxies"),
              0,
              NOW),
          new Hook(
              "sun.print.CUPSPrinter",
              "initStatic",
              List.of("()V"),
              new BeforeNative(
                  "sun/print/CUPSPrinter",
                  "initIDs",
                  0,
                  "libcups.so.2",
                  Then.SKIP,
                  NativeTransportBridge.class,
                  "allowed"),
              0,
              NOW));

  private LoadingTable() {}

  private static Hook row(
      String type, String method, Class<?> advice, int since, String... descriptors) {
    return new Hook(type, method, List.of(descriptors), new Inlined(advice), since, NOW);
  }

  private static Hook before(
      String type,
      String method,
      String descriptor,
      String owner,
      String called,
      String bridgeMethod) {
    BeforeNative how =
        new BeforeNative(
            owner, called, 0, "", Then.CALL, NativeTransportBridge.class, bridgeMethod);
    return new Hook(type, method, List.of(descriptor), how, 0, NOW);
  }

  private static Hook gss(String type, String method, int since, int until, String descriptor) {
    BeforeNative how =
        new BeforeNative(
            "sun/security/jgss/wrapper/GSSLibStub",
            "init",
            0,
            "",
            Then.REPLACE,
            NativeTransportBridge.class,
            "libraryOrNone");
    return new Hook(type, method, List.of(descriptor), how, since, until);
  }
}
