package io.github.appaware.event;

import java.util.List;

/**
 * The code inside the application that caused an event: the frames outside the JDK and the agent,
 * the innermost first, up to and including the first of the application's own code.
 *
 * <p>Class, method, thread and locations come from inside the target: they are hostile text until
 * {@link Text#printable escaped}, and hostile code in the target can put frames of other code
 * between itself and the JDK. Files are measured outside the target.
 *
 * @param frames empty if the stack has no frame of the application: a thread pool of the JDK runs
 *     the task, and the code that submitted it is unknown
 * @param thread the thread's name
 * @param complete whether the last frame is the application's own code, and so the one that led to
 *     the event; not where a library's own thread or a task of a pool caused it
 * @param test the test that was running, {@code com.acme.StoreTest.saves}, or empty: for people and
 *     reports alone, no verdict depends on it
 */
public record Origin(List<Frame> frames, String thread, boolean complete, String test) {
  /** The origin is not known. */
  public static final Origin UNKNOWN = new Origin(List.of(), "");

  /** Native code in a JVM, which called the system without the JDK. */
  public static final Origin NATIVE = new Origin(List.of(), "(native code)");

  /** The most frames; rules see the innermost ones. */
  public static final int MOST_FRAMES = 32;

  /**
   * One frame.
   *
   * @param type the class, {@code org.postgresql.core.PGStream}
   * @param method the method's name
   * @param line in its source file; less than 1 if unknown
   * @param module its named module, or empty
   * @param source where the class was loaded from
   */
  public record Frame(String type, String method, int line, String module, Source source) {
    /** The class's package, empty for the unnamed one. */
    public String packageName() {
      int dot = type.lastIndexOf('.');
      return dot < 0 ? "" : type.substring(0, dot);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Frame that
          && line == that.line
          && type.equals(that.type)
          && method.equals(that.method)
          && module.equals(that.module)
          && source.equals(that.source);
    }

    @Override
    public int hashCode() {
      int hash = 31 * (31 * type.hashCode() + method.hashCode()) + line;
      return 31 * (31 * hash + module.hashCode()) + source.hashCode();
    }

    /** As in a stack trace: {@code org.postgresql.core.PGStream.<init>:81}. */
    public String describe() {
      return Text.printable(type + "." + method) + (line > 0 ? ":" + line : "");
    }
  }

  /**
   * Where code came from.
   *
   * @param path a jar or directory; of a nested jar {@code outer.jar!/inner.jar}; empty for code
   *     generated at run time
   * @param sha256 64 lower-case hexadecimal digits of the jar, or empty if it is not a file or not
   *     measured
   * @param maven {@code group:artifact:version} if the jar says so, else empty
   */
  public record Source(String path, String sha256, String maven) {
    /** Code generated at run time. */
    public static final Source NONE = new Source("", "", "");

    @Override
    public boolean equals(Object other) {
      return other instanceof Source that
          && path.equals(that.path)
          && sha256.equals(that.sha256)
          && maven.equals(that.maven);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * path.hashCode() + sha256.hashCode()) + maven.hashCode();
    }

    /** The file name: what follows the last slash. */
    public String file() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  public Origin {
    frames = List.copyOf(frames);
    complete = complete && !frames.isEmpty();
  }

  /** An origin outside tests. */
  public Origin(List<Frame> frames, String thread, boolean complete) {
    this(frames, thread, complete, "");
  }

  /** An origin of which it is not known whether the last frame is the application's own. */
  public Origin(List<Frame> frames, String thread) {
    this(frames, thread, false);
  }

  /** The same code, called by a test. */
  public Origin inTest(String name) {
    return name.equals(test) ? this : new Origin(frames, thread, complete, name);
  }

  /** The innermost frame, which called the JDK; null if there is none. */
  public Frame library() {
    return frames.isEmpty() ? null : frames.get(0);
  }

  /** The application's own frame that led to a library's; null if there is none. */
  public Frame caller() {
    return complete && frames.size() > 1 ? frames.get(frames.size() - 1) : null;
  }
}
