package io.github.appaware.hook;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.DescriptorInspector;
import io.github.appaware.bridge.InboundBridge;
import io.github.appaware.bridge.JdkStubs;
import io.github.appaware.bridge.LazyRandom;
import io.github.appaware.bridge.NativeTransportBridge;
import io.github.appaware.bridge.ProxyClientBridge;
import io.github.appaware.bridge.TestBridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.bridge.WovenClasses.Pair;
import io.github.appaware.hook.Hook.BeforeListen;
import io.github.appaware.hook.Hook.BeforeNative;
import io.github.appaware.hook.Hook.BeforeSocks;
import io.github.appaware.hook.Hook.Inlined;
import io.github.appaware.hook.Hook.LateDirectory;
import io.github.appaware.hook.Hook.OwnBuffer;
import io.github.appaware.hook.Hook.Redirected;
import io.github.appaware.hook.Hook.WatchedPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Weaves the hook table into the classes of a JDK. Changes method bodies only and adds no members,
 * so that classes that are already loaded can be retransformed.
 *
 * <p>Not safe for use by multiple threads.
 */
public final class Weaver implements AutoCloseable {
  private static final Map<String, String> WOVEN_NAMES =
      Map.of(
          internal(Bridge.class.getName()),
          internal(Bridge.WOVEN_NAME),
          internal(InboundBridge.class.getName()),
          internal(InboundBridge.WOVEN_NAME),
          internal(LazyRandom.class.getName()),
          internal(LazyRandom.WOVEN_NAME));

  /** The same for the classes that are defined on demand, in that order. */
  private static final List<Map.Entry<String, String>> LATE_NAMES =
      List.of(
          standIn(DescriptorInspector.class, DescriptorInspector.WOVEN_NAME),
          standIn(NativeTransportBridge.class, NativeTransportBridge.WOVEN_NAME),
          standIn(ProxyClientBridge.class, ProxyClientBridge.WOVEN_NAME),
          standIn(TestBridge.class, TestBridge.WOVEN_NAME));

  private static final String STAND_INS = internal(JdkStubs.class.getName());

  /** The bridge's stand-ins for JDK types, by internal name. */
  private static final Map<String, String> JDK_NAMES =
      Map.ofEntries(
          standIn(JdkStubs.SharedSecrets.class, JdkStubs.SharedSecrets.JDK_NAME),
          standIn(JdkStubs.JavaLangAccess.class, JdkStubs.JavaLangAccess.JDK_NAME),
          standIn(JdkStubs.StaticProperty.class, JdkStubs.StaticProperty.JDK_NAME),
          standIn(JdkStubs.UnixDomainSocketsUtil.class, JdkStubs.UnixDomainSocketsUtil.JDK_NAME),
          standIn(JdkStubs.Signal.class, JdkStubs.Signal.JDK_NAME),
          standIn(
              JdkStubs.DefaultSelectorProvider.class, JdkStubs.DefaultSelectorProvider.JDK_NAME),
          standIn(JdkStubs.SelectorProviderImpl.class, JdkStubs.SelectorProviderImpl.JDK_NAME),
          standIn(JdkStubs.SelChImpl.class, JdkStubs.SelChImpl.JDK_NAME),
          standIn(JdkStubs.Net.class, JdkStubs.Net.JDK_NAME),
          standIn(JdkStubs.NioSocketImpl.class, JdkStubs.NioSocketImpl.JDK_NAME),
          standIn(JdkStubs.SocketChannelImpl.class, JdkStubs.SocketChannelImpl.JDK_NAME),
          standIn(JdkStubs.DatagramChannelImpl.class, JdkStubs.DatagramChannelImpl.JDK_NAME),
          standIn(JdkStubs.Vm.class, JdkStubs.Vm.JDK_NAME),
          standIn(JdkStubs.Unsafe.class, JdkStubs.Unsafe.JDK_NAME),
          standIn(JdkStubs.Reflection.class, JdkStubs.Reflection.JDK_NAME),
          standIn(
              JdkStubs.JavaIOFileDescriptorAccess.class,
              JdkStubs.JavaIOFileDescriptorAccess.JDK_NAME),
          standIn(JdkStubs.NativeDispatcher.class, JdkStubs.NativeDispatcher.JDK_NAME),
          standIn(JdkStubs.IoUtil.class, JdkStubs.IoUtil.JDK_NAME),
          standIn(JdkStubs.NativeSocketAddress.class, JdkStubs.NativeSocketAddress.JDK_NAME),
          standIn(JdkStubs.SocketImpl.class, JdkStubs.SocketImpl.JDK_NAME),
          standIn(JdkStubs.PlainSocketImpl.class, JdkStubs.PlainSocketImpl.JDK_NAME),
          standIn(JdkStubs.Packet.class, JdkStubs.Packet.JDK_NAME),
          standIn(JdkStubs.SctpNet.class, JdkStubs.SctpNet.JDK_NAME),
          standIn(JdkStubs.ResultContainer.class, JdkStubs.ResultContainer.JDK_NAME),
          standIn(JdkStubs.MessageInfoImpl.class, JdkStubs.MessageInfoImpl.JDK_NAME),
          standIn(JdkStubs.HttpClient.class, JdkStubs.HttpClient.JDK_NAME),
          standIn(JdkStubs.HttpRequestImpl.class, JdkStubs.HttpRequestImpl.JDK_NAME),
          standIn(JdkStubs.UnixDomainSockets.class, JdkStubs.UnixDomainSockets.JDK_NAME));

  private final JdkClasses jdk;
  private final List<Hook> hooks;

  private Weaver(JdkClasses jdk, List<Hook> hooks) {
    this.jdk = jdk;
    this.hooks = hooks;
  }

  /**
   * A weaver for a JDK.
   *
   * @param home its directory
   * @throws IOException when the JDK can't be read
   */
  public static Weaver of(Path home) throws IOException {
    int feature = JdkClasses.feature(home);
    return new Weaver(JdkClasses.open(home), HookTable.of(feature));
  }

  /**
   * Weaves every class of the table.
   *
   * @throws WeavingException when a row of the table finds no method
   */
  public WovenClasses weaveAll() throws IOException, WeavingException {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (Hook hook : hooks) {
      String name = hook.internalName();
      if (!pairs.containsKey(name)) {
        byte[] original = jdk.bytes(name);
        if (original == null
            && hook.isOptional()
            && !jdk.has(name.substring(0, name.lastIndexOf('/')))) {
          continue;
        }
        if (original == null) {
          throw new WeavingException("this JDK has no class " + hook.type());
        }
        pairs.put(name, Pair.of(original, weave(name, original)));
      }
    }
    return new WovenClasses(
        classFiles(new TreeSet<>(WOVEN_NAMES.keySet())), // equal bundles for equal JDKs
        classFiles(LATE_NAMES.stream().map(Map.Entry::getKey).toList()),
        lookupLender(),
        pairs);
  }

  private Pair lookupLender() throws IOException, WeavingException {
    byte[] original = jdk.bytes(Bridge.LENDER_INTERNAL_NAME);
    if (original == null) {
      throw new WeavingException("this JDK has no class " + Bridge.LENDER_NAME);
    }
    ClassReader reader = OpenedClassReader.of(original);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new LookupLendingVisitor(writer), 0);
    return Pair.of(original, writer.toByteArray());
  }

  /**
   * Weaves one class, which another transformer may have changed.
   *
   * @param internalName {@code sun/nio/ch/Net}
   * @param offered the class file to start from
   */
  public byte[] weave(String internalName, byte[] offered) throws WeavingException {
    String name = internalName.replace('/', '.');
    List<Hook> own = hooks.stream().filter(hook -> hook.type().equals(name)).toList();
    ClassFileLocator locator =
        new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, offered), jdk);
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy(ClassFileVersion.ofClassFile(offered))
            .with(TypeValidation.DISABLED)
            .decorate(type, locator);
    List<CountingVisitor> visitors = new ArrayList<>();
    for (Hook hook : own) {
      MethodDescription method = find(hook, type);
      if (hook.how() instanceof Inlined inlined) {
        builder = builder.visit(inline(inlined.advice(), method));
      } else {
        CountingVisitor visitor = visitor(hook.how());
        visitors.add(visitor);
        builder =
            builder.visit(
                new AsmVisitorWrapper.ForDeclaredMethods()
                    .invokable(ElementMatchers.is(method), visitor));
      }
    }
    byte[] woven;
    try {
      woven = builder.make().getBytes();
    } catch (RuntimeException e) {
      throw new WeavingException("can't weave " + name + ": " + e, e);
    }
    if (own.isEmpty() || visitors.stream().anyMatch(visitor -> visitor.sites() == 0)) {
      throw new WeavingException("nothing to hook in " + name);
    }
    return rename(woven);
  }

  private static CountingVisitor visitor(Hook.How how) {
    if (how instanceof BeforeListen before) {
      return new BeforeListenVisitor(before.unix());
    }
    if (how instanceof Redirected redirected) {
      return new InsteadOfAcceptVisitor(redirected.to());
    }
    if (how instanceof OwnBuffer own) {
      return new OwnBufferVisitor(own.connected());
    }
    if (how instanceof WatchedPeer) {
      return new WatchedPeerVisitor();
    }
    if (how instanceof LateDirectory) {
      return new LateDirectoryVisitor();
    }
    if (how instanceof BeforeSocks) {
      return new BeforeSocksVisitor();
    }
    if (how instanceof BeforeNative before) {
      return new BeforeNativeVisitor(before);
    }
    throw new IllegalArgumentException(how.toString());
  }

  private static AsmVisitorWrapper inline(Class<?> advice, MethodDescription method) {
    return Advice.withCustomMapping()
        .bind(SocketTypeBinding.here())
        .to(advice)
        .on(ElementMatchers.is(method));
  }

  private static MethodDescription find(Hook hook, TypeDescription type) throws WeavingException {
    if (hook.method().equals(MethodDescription.TYPE_INITIALIZER_INTERNAL_NAME)) {
      return new MethodDescription.Latent.TypeInitializer(type); // no pool of types lists it
    }
    for (String descriptor : hook.descriptors()) {
      for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(hook.method())
            && method.getDescriptor().equals(descriptor)
            && !method.isNative()
            && !method.isAbstract()) {
          return method;
        }
      }
    }
    throw new WeavingException("this JDK has no " + hook.type() + "." + hook.method() + " to hook");
  }

  /** The classes that woven code calls, under their names inside {@code java.base}. */
  private static List<byte[]> classFiles(Collection<String> names) throws IOException {
    List<byte[]> classes = new ArrayList<>();
    ClassLoader loader = Weaver.class.getClassLoader();
    for (String name : names) {
      try (var in = loader.getResourceAsStream(name + ".class")) {
        if (in == null) {
          throw new IOException("the tool's jar has no " + name);
        }
        classes.add(rename(in.readAllBytes()));
      }
    }
    return classes;
  }

  private static byte[] rename(byte[] classFile) {
    ClassReader reader = OpenedClassReader.of(classFile);
    ClassWriter writer = new ClassWriter(0);
    Map<String, String> names = new HashMap<>(WOVEN_NAMES);
    names.putAll(JDK_NAMES);
    for (Map.Entry<String, String> late : LATE_NAMES) {
      names.put(late.getKey(), late.getValue());
    }
    SimpleRemapper remapper = new SimpleRemapper(OpenedClassReader.ASM_API, names);
    reader.accept(
        new ClassRemapper(writer, remapper) {
          @Override
          public void visitInnerClass(String name, String outer, String inner, int access) {
            if (outer == null || !outer.equals(STAND_INS)) {
              super.visitInnerClass(
                  name, outer, inner, access); // the real ones have no outer class
            }
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return withoutLocalVariables(
                super.visitMethod(access, name, descriptor, signature, exceptions));
          }
        },
        0);
    return writer.toByteArray();
  }

  /** A fifth of the JDK's class files, which each target holds in memory. Lines stay. */
  private static MethodVisitor withoutLocalVariables(MethodVisitor visitor) {
    return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {
      @Override
      public void visitLocalVariable(
          String name, String descriptor, String signature, Label start, Label end, int index) {
        // Left out.
      }
    };
  }

  private static Map.Entry<String, String> standIn(Class<?> type, String jdkName) {
    return Map.entry(internal(type.getName()), internal(jdkName));
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }

  @Override
  public void close() throws IOException {
    jdk.close();
  }
}
