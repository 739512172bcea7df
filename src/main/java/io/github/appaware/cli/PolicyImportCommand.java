package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.convert.Conversion;
import io.github.appaware.convert.Conversion.Carried;
import io.github.appaware.convert.Conversion.LeftOut;
import io.github.appaware.convert.DenoConfig;
import io.github.appaware.convert.DenoPermissions;
import io.github.appaware.convert.HardenRunner;
import io.github.appaware.convert.JavaPolicy;
import io.github.appaware.convert.OpenSnitch;
import io.github.appaware.convert.SourceText;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy import}. */
@Command(
    name = "import",
    description = "Convert another tool's rules into a policy. What can't be converted is listed.",
    customSynopsis = "Usage: appaware policy import [OPTIONS] --from FORMAT SOURCE...",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the policy says the same",
      "  1    something could not be converted, or not exactly; it is listed",
      "  125  nothing was imported"
    })
final class PolicyImportCommand implements Callable<Integer> {
  private static final int INEXACT = 1;
  private static final String HEAD = "version = 1\n";

  /** For tools that deny everything that they do not list. */
  private static final String CLOSED_HEAD = HEAD + "\n[default]\nunknown = \"deny\"\n";

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FORMAT",
      converter = ImportFormat.Converter.class,
      description = {
        "`java-policy`: files with SocketPermission lines; `opensnitch`: folders of rules; `deno`:"
            + " deno.json, or --allow-net=... and --deny-net=...; `harden-runner`:"
            + " allowed-endpoints."
      })
  private ImportFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Append to FILE as `add` does. Default: print a whole policy.")
  private Path output;

  @Option(names = "--json", description = "One JSON object for each entry, for programs.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "Files or folders; for deno and harden-runner, also the words themselves.")
  private List<String> sources = new ArrayList<>();

  PolicyImportCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Conversion conversion = new Conversion();
    try {
      convert(conversion);
      if (json) {
        print(conversion);
      }
      write(conversion);
    } catch (NoSuchFileException e) {
      console.fail("`" + e.getFile() + "`: no such file", "");
      return CommandLineProgram.FAILED;
    } catch (CharacterCodingException e) {
      console.fail("a source is not UTF-8", "");
      return CommandLineProgram.FAILED;
    } catch (IOException e) {
      console.fail("a source can't be read: " + e.getMessage(), "");
      return CommandLineProgram.FAILED;
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    }
    conversion.pieces().forEach(this::tell);
    return conversion.isExact() ? 0 : INEXACT;
  }

  private void convert(Conversion conversion) throws IOException {
    DenoPermissions deno = new DenoPermissions(conversion);
    boolean command = format == ImportFormat.DENO && sources.get(0).equals("deno");
    for (String source : sources) {
      Path file = source.indexOf('\0') < 0 ? places.file(Path.of(source)) : null;
      boolean exists = file != null && Files.isRegularFile(file);
      switch (format) {
        case JAVA_POLICY -> JavaPolicy.convert(source, SourceText.read(file), conversion);
        case OPENSNITCH -> OpenSnitch.convert(file, conversion);
        case DENO -> {
          if (command) {
            continue; // all of them together, below
          }
          if (exists) {
            DenoConfig.convert(source, SourceText.read(file), deno, conversion);
          } else if (source.startsWith("-") || isSeveralWords(source)) {
            DenoConfig.commands(source, deno);
          } else {
            throw new NoSuchFileException(file == null ? source : file.toString());
          }
        }
        case HARDEN_RUNNER -> {
          if (!exists && looksLikeFile(source)) {
            throw new NoSuchFileException(file == null ? source : file.toString());
          }
          HardenRunner.convert(
              exists ? source : "", exists ? SourceText.read(file) : source, conversion);
        }
      }
    }
    if (command) {
      deno.words("", sources);
    }
    if (format == ImportFormat.DENO) {
      deno.finish(command ? "deno" : String.join(", ", sources));
    } else if (format == ImportFormat.HARDEN_RUNNER) {
      HardenRunner.finish(conversion);
    }
  }

  private static boolean isSeveralWords(String source) {
    return source.chars().anyMatch(Character::isWhitespace);
  }

  /** Whether the word can't be an endpoint. */
  private static boolean looksLikeFile(String source) {
    return !isSeveralWords(source) && source.matches(".*(/|\\.ya?ml$|\\.txt$).*");
  }

  private void write(Conversion conversion) throws EditException {
    List<Answers.Addition> additions = new ArrayList<>();
    for (Conversion.Piece piece : conversion.pieces()) {
      if (piece instanceof Carried carried) {
        additions.add(new Answers.Addition(comments(carried), carried.block()));
      } else if (piece instanceof LeftOut leftOut && leftOut.lost()) {
        additions.add(
            new Answers.Addition(List.of(comment("not carried over: " + words(leftOut))), null));
      }
    }
    String head = format == ImportFormat.OPENSNITCH ? HEAD : CLOSED_HEAD;
    if (output != null) {
      Path file = places.file(output);
      int rules = new Answers(file, List.of(), head).appendAll(additions).size();
      console.tell(rules + " rules and applications appended to " + file);
    } else if (!json) {
      console.out().print(Answers.compose(head, additions));
      console.out().flush();
    }
  }

  private List<String> comments(Carried carried) {
    String what = "from " + format.label() + ": " + carried.source();
    List<String> lines = new ArrayList<>();
    String user = System.getProperty("user.name");
    lines.add(new AnswerComment("imported", clock.instant(), user, what).line());
    if (!carried.remark().isEmpty()) {
      lines.add(comment("not exactly: " + carried.remark()));
    }
    return lines;
  }

  private static String comment(String text) {
    return "# " + Console.visible(text).replace("\n", "\\n");
  }

  private void tell(Conversion.Piece piece) {
    if (piece instanceof LeftOut leftOut) {
      console.tell((leftOut.lost() ? "not carried over: " : "passed over: ") + words(leftOut));
    } else if (piece instanceof Carried carried && !carried.remark().isEmpty()) {
      console.tell("carried over, not exactly: " + carried.source() + ": " + carried.remark());
    }
  }

  private static String words(LeftOut leftOut) {
    return leftOut.source() + ": " + leftOut.reason();
  }

  private void print(Conversion conversion) throws IOException, EditException {
    for (Conversion.Piece piece : conversion.pieces()) {
      List<String> lines = piece instanceof Carried carried ? carried.block().lines() : List.of();
      JsonLine.print(
          console,
          (JsonGenerator g) -> {
            g.writeStringField("source", piece.source());
            g.writeBooleanField("carried", piece instanceof Carried);
            if (piece instanceof Carried carried) {
              g.writeStringField("remark", carried.remark());
            } else if (piece instanceof LeftOut leftOut) {
              g.writeStringField("reason", leftOut.reason());
              g.writeBooleanField("lost", leftOut.lost());
            }
            JsonLine.array(g, "lines", lines);
          });
    }
  }
}
