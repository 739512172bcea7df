package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What it costs a whole Maven build to be enforced: wall time from the command to its end, plain
 * and under the policy that was learned from it, in turn. The build is that of {@link
 * WholeBuildCompat}, with the local repository of this build.
 */
class WholeBuildBench {
  private static final int WARM_UP = 1;
  private static final int COUNTED = 5;

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("io.github.appaware.testkit.Jdk#all")
  void overhead(Jdk jdk) throws Exception {
    BuildProject project = BuildProject.in(directory.resolve("project"));
    Tool tool = new Tool(directory).with("JAVA_HOME", jdk.home().toString());
    List<String> build = new ArrayList<>(Maven.command());
    build.addAll(List.of("-f", project.pom(), "package"));
    List<String> learn = new ArrayList<>(List.of("learn", "-o", "policy.toml", "--"));
    learn.addAll(build);
    List<String> run =
        new ArrayList<>(List.of("run", "-q", "--fail-on-denied", "-p", "policy.toml", "--"));
    run.addAll(build);
    double unused = seconds(project, tool.builder(learn.toArray(String[]::new)));
    double[] plain = new double[COUNTED];
    double[] enforced = new double[COUNTED];
    for (int i = -WARM_UP; i < COUNTED; i++) {
      double without = seconds(project, tool.command(build));
      double with = seconds(project, tool.builder(run.toArray(String[]::new)));
      if (i >= 0) {
        plain[i] = without;
        enforced[i] = with;
      }
    }
    print(jdk, plain, enforced);
  }

  private static double seconds(BuildProject project, ProcessBuilder builder) throws Exception {
    project.clean();
    long begin = System.nanoTime();
    Result result = Tool.run(builder, "");
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    return seconds;
  }

  private static void print(Jdk jdk, double[] plain, double[] enforced) {
    Arrays.sort(plain);
    Arrays.sort(enforced);
    double without = plain[COUNTED / 2];
    double with = enforced[COUNTED / 2];
    System.out.printf(
        """

        %s, a Maven build of two modules with two test JVMs, %d in turn

        | | median | least to most |
        |---|---|---|
        | plain | %.2f s | %.2f to %.2f |
        | enforced | %.2f s | %.2f to %.2f |
        | | %+.1f %% | |
        """,
        jdk,
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
