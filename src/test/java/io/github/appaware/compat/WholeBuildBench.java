package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What it costs a whole Maven build to be enforced: wall time from the command to its end, plain
 * and under the policy that was learned from it, in turn, with the local repository of this build.
 */
class WholeBuildBench {
  private static final int WARM_UP = 1;
  private static final int COUNTED = 5;
  private static final int PATIENCE_SECONDS = 1_800;

  private static final String UNPACK =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
  private static final String MAVENS = "3.9.9";

  /**
   * With a code generator (Modello), an index of annotations (Sisu) and tests in JVMs of their own.
   */
  private static final String MODULES =
      "maven-artifact,maven-builder-support,maven-model,maven-model-builder,maven-settings,"
          + "maven-settings-builder,maven-repository-metadata,maven-plugin-api";

  @TempDir Path directory;

  /** Removes what a build made. */
  private interface Cleaning {
    void clean() throws IOException;
  }

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.Jdk#all")
  void aSmallBuild(Jdk jdk) throws Exception {
    BuildProject project = BuildProject.in(directory.resolve("project"));
    measure(
        "a Maven build of two modules with two test JVMs",
        jdk,
        List.of("-f", project.pom(), "package"),
        project::clean);
  }

  @Test
  void mavensOwnBuild() throws Exception {
    Tool tool = new Tool(directory);
    List<String> unpack = new ArrayList<>(Maven.command());
    unpack.add(UNPACK);
    unpack.add("-Dartifact=org.apache.maven:apache-maven:" + MAVENS + ":zip:src");
    unpack.add("-DoutputDirectory=" + directory);
    Result unpacked = Tool.run(tool.command(unpack), "", PATIENCE_SECONDS);
    assertThat(unpacked.status()).as(unpacked.out() + unpacked.err()).isZero();
    Path project = directory.resolve("apache-maven-" + MAVENS);
    measure(
        "eight modules of Apache Maven " + MAVENS,
        Jdk.running(),
        List.of("-f", project.toString(), "-Drat.skip", "-pl", MODULES, "-am", "package"),
        () -> {
          for (String module : MODULES.split(",", -1)) {
            Trees.delete(project.resolve(module).resolve("target"));
          }
        });
  }

  private void measure(String what, Jdk jdk, List<String> goals, Cleaning cleaning)
      throws Exception {
    Tool tool = new Tool(directory).with("JAVA_HOME", jdk.home().toString());
    List<String> build = new ArrayList<>(Maven.command());
    build.addAll(goals);
    List<String> learn = new ArrayList<>(List.of("learn", "-o", "policy.toml", "--"));
    learn.addAll(build);
    List<String> run =
        new ArrayList<>(List.of("run", "-q", "--fail-on-denied", "-p", "policy.toml", "--"));
    run.addAll(build);
    double unused = seconds(cleaning, tool.builder(learn.toArray(String[]::new)));
    double[] plain = new double[COUNTED];
    double[] enforced = new double[COUNTED];
    for (int i = -WARM_UP; i < COUNTED; i++) {
      double without = seconds(cleaning, tool.command(build));
      double with = seconds(cleaning, tool.builder(run.toArray(String[]::new)));
      if (i >= 0) {
        plain[i] = without;
        enforced[i] = with;
      }
    }
    print(what, jdk, plain, enforced);
  }

  private static double seconds(Cleaning cleaning, ProcessBuilder builder) throws Exception {
    cleaning.clean();
    long begin = System.nanoTime();
    Result result = Tool.run(builder, "", PATIENCE_SECONDS);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    return seconds;
  }

  private static void print(String what, Jdk jdk, double[] plain, double[] enforced) {
    Arrays.sort(plain);
    Arrays.sort(enforced);
    double without = plain[COUNTED / 2];
    double with = enforced[COUNTED / 2];
    System.out.printf(
        """

        %s, %s, %d in turn

        | | median | least to most |
        |---|---|---|
        | plain | %.2f s | %.2f to %.2f |
        | enforced | %.2f s | %.2f to %.2f |
        | | %+.1f %% | |
        """,
        jdk,
        what,
        COUNTED,
        without,
        plain[0],
        plain[COUNTED - 1],
        with,
        enforced[0],
        enforced[COUNTED - 1],
        100 * (with / without - 1));
  }
}
