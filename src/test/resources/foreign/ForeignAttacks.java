import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.PrivilegedAction;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Links {@code socket} and {@code connect} of the C library in ways that have other code than this
 * nearest to the linker, and connects to a witness: the first argument is its port, the second the
 * witness's library, the third the JDK's directory.
 */
public class ForeignAttacks {
  /** Has the linker called. */
  interface Way {
    void run(MethodHandle call) throws Throwable;
  }

  private static final Linker LINKER = Linker.nativeLinker();
  private static final AtomicReference<Object> GOT = new AtomicReference<>();

  public static void main(String[] arguments) throws Throwable {
    int port = Integer.parseInt(arguments[0]);
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    attempt("handle", port, call -> call.invoke());
    attempt("reflection", port, ForeignAttacks::reflection);
    attempt("http client", port, ForeignAttacks::httpClient);
    attempt("thread", port, call -> join(new Thread(face(Runnable.class, call))));
    attempt("virtual thread", port, call -> Thread.startVirtualThread(face(Runnable.class, call)).join());
    attempt("executor", port, call -> {
      try (var pool = Executors.newSingleThreadExecutor()) {
        pool.submit(face(Callable.class, call.asType(MethodType.methodType(Object.class)))).get();
      }
    });
    attempt("fork join", port, call -> ForkJoinPool.commonPool().submit(face(Runnable.class, call)).get());
    attempt("future", port, call -> CompletableFuture.runAsync(face(Runnable.class, call)).get());
    attempt("cleaner", port, call -> Cleaner.create().register(new Object(), face(Runnable.class, call)).clean());
    attempt("privileged action", port, call ->
        AccessController.doPrivileged(face(PrivilegedAction.class, call.asType(MethodType.methodType(Object.class)))));
    attempt("comparator", port, call -> Arrays.sort(new Object[] {1, 2}, face(Comparator.class,
        MethodHandles.dropArguments(MethodHandles.filterReturnValue(call, MethodHandles.constant(int.class, 0)),
            0, Object.class, Object.class))));
    attempt("proxy of the boot loader", port, call -> {
      InvocationHandler handler = face(InvocationHandler.class, MethodHandles.dropArguments(
          call.asType(MethodType.methodType(Object.class)), 0, Object.class, java.lang.reflect.Method.class, Object[].class));
      Runnable proxy = (Runnable) Proxy.newProxyInstance(null, new Class<?>[] {Runnable.class}, handler);
      join(new Thread(proxy));
    });
    attempt("hidden class", port, call -> {
      byte[] bytes = bytes("ForeignAttacks$Caller");
      Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
      ((Way) hidden.getDeclaredConstructor().newInstance()).run(call);
    });
    attempt("jrt", port, call -> {
      Class<?> type = new Claiming("jrt:/java.base").define("ForeignAttacks$Claimed");
      type.getMethod("go", Linker.class, AtomicReference.class).invoke(null, LINKER, GOT);
    });
    lookUp(arguments[1], arguments[2]);
    memory();
  }

  private static MethodHandle call(String name, FunctionDescriptor type) throws Throwable {
    MethodHandle link = MethodHandles.lookup().findVirtual(Linker.class, "downcallHandle",
        MethodType.methodType(MethodHandle.class, MemorySegment.class, FunctionDescriptor.class, Linker.Option[].class));
    MethodHandle set = MethodHandles.lookup().findVirtual(AtomicReference.class, "set",
        MethodType.methodType(void.class, Object.class)).bindTo(GOT);
    MethodHandle bound = MethodHandles.insertArguments(link, 0, LINKER,
        LINKER.defaultLookup().find(name).get(), type, new Linker.Option[0]);
    return MethodHandles.filterReturnValue(bound, set.asType(MethodType.methodType(void.class, MethodHandle.class)));
  }

  private static void attempt(String name, int port, Way way) {
    try {
      MethodHandle socket = link(way, "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      MethodHandle connect = link(way, "connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
      if (name.equals("jrt")) { // it links what it likes
        System.out.println(name + ": " + (GOT.get() == null ? "refused" : "linked"));
        return;
      }
      if (socket == null || connect == null) {
        System.out.println(name + ": refused");
        return;
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment to = arena.allocate(16);
        to.set(JAVA_SHORT, 0, (short) 2);
        to.set(JAVA_SHORT, 2, Short.reverseBytes((short) port));
        to.set(JAVA_INT, 4, Integer.reverseBytes(0x7f000001));
        int result = (int) connect.invoke((int) socket.invoke(2, 1, 0), to, 16);
        System.out.println(name + ": connected " + result);
      }
    } catch (Throwable e) {
      System.out.println(name + ": " + e);
    }
  }

  private static MethodHandle link(Way way, String function, FunctionDescriptor type) throws Throwable {
    GOT.set(null);
    try {
      way.run(call(function, type));
    } catch (Throwable e) {
      // refused, as GOT tells
    }
    return (MethodHandle) GOT.get();
  }

  private static <T> T face(Class<T> type, MethodHandle call) {
    return MethodHandleProxies.asInterfaceInstance(type, call);
  }

  private static void join(Thread thread) throws InterruptedException {
    thread.start();
    thread.join();
  }

  private static void reflection(MethodHandle call) throws Throwable {
    var link = Linker.class.getMethod("downcallHandle", FunctionDescriptor.class, Linker.Option[].class);
    Object any = link.invoke(LINKER, FunctionDescriptor.ofVoid(), new Linker.Option[0]);
    if (any != null) {
      call.invoke();
    }
  }

  private static void httpClient(MethodHandle call) {
    MethodHandle nothing = MethodHandles.filterReturnValue(call, MethodHandles.constant(Object.class, null));
    @SuppressWarnings("unchecked")
    Supplier<java.io.InputStream> supplier = face(Supplier.class, nothing);
    BodyPublishers.ofInputStream(supplier).subscribe(new Flow.Subscriber<ByteBuffer>() {
      public void onSubscribe(Flow.Subscription subscription) {}
      public void onNext(ByteBuffer buffer) {}
      public void onError(Throwable failure) {}
      public void onComplete() {}
    });
  }

  /** Libraries by their paths, one of them spelt as if it were the JDK's. */
  private static void lookUp(String library, String jdk) {
    List<String> names = new ArrayList<>(List.of(library, jdk + "/lib/../../../../.." + library));
    for (String name : names) {
      try {
        SymbolLookup.libraryLookup(name, Arena.global());
        System.out.println("look-up: loaded");
      } catch (Throwable e) {
        System.out.println("look-up: " + e);
      }
    }
    try {
      SymbolLookup.libraryLookup(Path.of(library), Arena.global());
      System.out.println("look-up: loaded");
    } catch (Throwable e) {
      System.out.println("look-up: " + e);
    }
  }

  /** All of the process's memory, without any native function. */
  private static void memory() {
    try {
      MemorySegment all = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
      System.out.println("memory: " + all.byteSize());
    } catch (Throwable e) {
      System.out.println("memory: " + e);
    }
    try {
      Object target = ADDRESS.withTargetLayout(JAVA_BYTE);
      System.out.println("target: " + (target != null));
    } catch (Throwable e) {
      System.out.println("target: " + e);
    }
    try {
      MethodHandle mine = MethodHandles.lookup().findStatic(ForeignAttacks.class, "nothing", MethodType.methodType(void.class));
      Object stub = LINKER.upcallStub(mine, FunctionDescriptor.ofVoid(), Arena.global());
      System.out.println("upcall: " + (stub != null));
    } catch (Throwable e) {
      System.out.println("upcall: " + e);
    }
  }

  static void nothing() {}

  private static byte[] bytes(String name) throws Exception {
    try (var in = ForeignAttacks.class.getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  /** To be made a hidden class. */
  static class Caller implements Way {
    @Override
    public void run(MethodHandle call) throws Throwable {
      call.invoke();
    }
  }

  /** To be loaded by a loader that says it is the JDK's. */
  public static class Claimed {
    public static void go(Linker linker, AtomicReference<Object> got) {
      got.set(linker.downcallHandle(linker.defaultLookup().find("getpid").get(), FunctionDescriptor.of(JAVA_INT)));
    }
  }

  static class Claiming extends SecureClassLoader {
    private final String source;

    Claiming(String source) {
      super(ForeignAttacks.class.getClassLoader());
      this.source = source;
    }

    Class<?> define(String name) throws Exception {
      byte[] bytes = bytes(name);
      return defineClass(name, bytes, 0, bytes.length, new CodeSource(new URL(source), (CodeSigner[]) null));
    }
  }
}
