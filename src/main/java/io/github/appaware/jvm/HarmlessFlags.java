package io.github.appaware.jvm;

import java.util.Map;
import java.util.Set;

/**
 * The harmless ones among the JVM's flags ({@code -XX:}): sizes, the choice of a collector, numbers
 * of threads, compilation, printing, and what only makes the JVM stricter. The names are those of
 * {@code -XX:+PrintFlagsFinal} of JDK 17 and 25.
 */
final class HarmlessFlags {
  private static final Map<String, Effect> HARMFUL =
      Map.ofEntries(
          Map.entry("OnError", Effect.RUNS_COMMAND),
          Map.entry("OnOutOfMemoryError", Effect.RUNS_COMMAND),
          Map.entry("ShowMessageBoxOnError", Effect.RUNS_COMMAND),
          Map.entry("AOTCacheOutput", Effect.RUNS_COMMAND),
          Map.entry("AOTCache", Effect.REPLACES_CLASSES),
          Map.entry("AOTMode", Effect.REPLACES_CLASSES),
          Map.entry("AOTConfiguration", Effect.REPLACES_CLASSES),
          Map.entry("SharedArchiveFile", Effect.REPLACES_CLASSES),
          Map.entry("SharedArchiveConfigFile", Effect.REPLACES_CLASSES),
          Map.entry("ArchiveClassesAtExit", Effect.REPLACES_CLASSES),
          Map.entry("IgnoreEmptyClassPaths", Effect.REPLACES_CLASSES),
          Map.entry("EnableJVMCI", Effect.LOADS_NATIVE_CODE),
          Map.entry("EnableJVMCIProduct", Effect.LOADS_NATIVE_CODE),
          Map.entry("JVMCILibPath", Effect.LOADS_NATIVE_CODE),
          Map.entry("JVMCILibDumpJNIConfig", Effect.LOADS_NATIVE_CODE),
          Map.entry("UseJVMCICompiler", Effect.LOADS_NATIVE_CODE),
          Map.entry("UseJVMCINativeLibrary", Effect.LOADS_NATIVE_CODE),
          Map.entry("UseGraalJIT", Effect.LOADS_NATIVE_CODE),
          Map.entry("ManagementServer", Effect.INJECTS_CODE),
          Map.entry("StartAttachListener", Effect.INJECTS_CODE),
          Map.entry("BytecodeVerificationLocal", Effect.UNVERIFIED),
          Map.entry("BytecodeVerificationRemote", Effect.UNVERIFIED));

  /** With which sign a switch is harmless that is not so with the other. */
  private static final Set<String> ONE_SIGN =
      Set.of(
          "+BytecodeVerificationLocal",
          "+BytecodeVerificationRemote",
          "+DisableAttachMechanism",
          "-EnableDynamicAgentLoading",
          "-StartAttachListener",
          "-ManagementServer",
          "-EnableJVMCI",
          "-UseJVMCICompiler",
          "-ShowMessageBoxOnError",
          "-IgnoreEmptyClassPaths");

  private static final Set<String> HARMLESS =
      Set.of(
          // The file's own options are read and reported one by one.
          "Flags",
          "VMOptionsFile",
          "UnlockDiagnosticVMOptions",
          "UnlockExperimentalVMOptions",
          "IgnoreUnrecognizedVMOptions",
          // Collectors
          "UseSerialGC",
          "UseParallelGC",
          "UseG1GC",
          "UseZGC",
          "ZGenerational",
          "UseShenandoahGC",
          "ShenandoahGCMode",
          "UseEpsilonGC",
          "UseConcMarkSweepGC",
          "MaxGCPauseMillis",
          "GCTimeRatio",
          "UseStringDeduplication",
          "ParallelGCThreads",
          "ConcGCThreads",
          "ExplicitGCInvokesConcurrent",
          "DisableExplicitGC",
          "ParallelRefProcEnabled",
          "InitiatingHeapOccupancyPercent",
          "G1HeapRegionSize",
          "G1NewSizePercent",
          "G1MaxNewSizePercent",
          "G1ReservePercent",
          "G1PeriodicGCInterval",
          "UseGCOverheadLimit",
          "GCTimeLimit",
          "GCHeapFreeLimit",
          // Sizes
          "MaxHeapSize",
          "InitialHeapSize",
          "MinHeapSize",
          "SoftMaxHeapSize",
          "NewSize",
          "MaxNewSize",
          "NewRatio",
          "SurvivorRatio",
          "MaxTenuringThreshold",
          "MinHeapFreeRatio",
          "MaxHeapFreeRatio",
          "MaxRAM",
          "MaxRAMPercentage",
          "MinRAMPercentage",
          "InitialRAMPercentage",
          "MetaspaceSize",
          "MaxMetaspaceSize",
          "CompressedClassSpaceSize",
          "ReservedCodeCacheSize",
          "InitialCodeCacheSize",
          "MaxDirectMemorySize",
          "ThreadStackSize",
          "CompilerThreadStackSize",
          "VMThreadStackSize",
          "AlwaysPreTouch",
          "UseLargePages",
          "UseTransparentHugePages",
          "UseNUMA",
          "UseCompressedOops",
          "UseCompressedClassPointers",
          "UseCompactObjectHeaders",
          "ObjectAlignmentInBytes",
          "ActiveProcessorCount",
          "UseContainerSupport",
          "UseTLAB",
          "SoftRefLRUPolicyMSPerMB",
          "StringTableSize",
          // Compilation
          "TieredCompilation",
          "TieredStopAtLevel",
          "CICompilerCount",
          "CompileThreshold",
          "BackgroundCompilation",
          "SegmentedCodeCache",
          "UseCodeCacheFlushing",
          "OptimizeStringConcat",
          "MaxInlineLevel",
          "MaxInlineSize",
          "FreqInlineSize",
          "DebugNonSafepoints",
          // When memory runs out; files go where the program could write them itself
          "HeapDumpOnOutOfMemoryError",
          "HeapDumpPath",
          "ExitOnOutOfMemoryError",
          "CrashOnOutOfMemoryError",
          "OmitStackTraceInFastThrow",
          "ErrorFile",
          "ErrorFileToStdout",
          "ErrorFileToStderr",
          "CreateCoredumpOnCrash",
          // Printing
          "PrintFlagsFinal",
          "PrintFlagsInitial",
          "PrintFlagsRanges",
          "PrintCommandLineFlags",
          "PrintVMOptions",
          "PrintWarnings",
          "PrintGC",
          "PrintGCDetails",
          "NativeMemoryTracking",
          "DisplayVMOutputToStdout",
          "DisplayVMOutputToStderr",
          "ShowCodeDetailsInExceptionMessages",
          "MaxJavaStackTraceDepth",
          "StackTraceInThrowable",
          // The rest
          "UseSharedSpaces",
          "AutoCreateSharedArchive",
          "UsePerfData",
          "PerfDisableSharedMem",
          "ReduceSignalUsage",
          "AllowUserSignalHandlers",
          "RestoreMXCSROnJNICalls",
          "UseThreadPriorities",
          "ThreadPriorityPolicy",
          "CheckJNICalls",
          "VerifySharedSpaces");

  private HarmlessFlags() {}

  /**
   * What setting a flag does, or null when it is harmless.
   *
   * @param setting {@code +Name}, {@code -Name}, {@code Name=value} or {@code Name:=value}
   */
  static Effect effect(String setting) {
    if (setting.startsWith("#") || ONE_SIGN.contains(setting)) {
      return null; // the first is how the JVM lets a flag be commented out
    }
    boolean isSwitch = setting.startsWith("+") || setting.startsWith("-");
    int equals = setting.indexOf('=');
    String name = setting;
    if (isSwitch) {
      name = setting.substring(1);
    } else if (equals >= 0) {
      int end = equals > 0 && setting.charAt(equals - 1) == ':' ? equals - 1 : equals;
      name = setting.substring(0, end);
    }
    Effect effect = HARMFUL.get(name);
    if (effect == null && !HARMLESS.contains(name)) {
      effect = Effect.UNKNOWN;
    }
    return effect;
  }
}
