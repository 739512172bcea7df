package io.github.appaware.cli;

import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.prompt.Prompt;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts the questions of a run to this terminal, or to consoles. */
final class PromptHandler implements QuestionHandler {
  private final Console console;
  private final boolean here;
  private final AtomicBoolean announced = new AtomicBoolean();
  private volatile Optional<Prompt> prompt = Optional.empty();

  /**
   * A handler for one run.
   *
   * @param here whether this terminal is used; otherwise only consoles are
   */
  PromptHandler(Console console, boolean here) {
    this.console = console;
    this.here = here;
  }

  @Override
  public void begin(Sender sender, Supplier<Stream<ProcessHandle>> processes) {
    if (here) {
      prompt =
          Prompt.open(
              Clock.system(ZoneId.systemDefault()),
              LocalMachine.name(),
              sender::send,
              processes,
              console.screen().hasColorsOnTerminal());
      if (prompt.isEmpty()) {
        console.tell("the terminal is gone: events that the policy does not decide are denied");
        return;
      }
    }
    try {
      sender.send(here ? new QuestionMessage.Attend(true) : new QuestionMessage.Announce());
    } catch (IOException e) {
      console.tell("questions can't be asked: " + e.getMessage());
    }
  }

  @Override
  public void receive(QuestionMessage message) {
    if (prompt.isPresent()) {
      prompt.get().receive(message);
    } else if (message instanceof QuestionMessage.Question
        && announced.compareAndSet(false, true)) {
      console.tell("a question waits: run `appaware console` in another terminal to answer it");
    }
  }

  /** Prints a notice without breaking up a question on the screen. */
  void tell(String text) {
    Optional<Prompt> open = prompt;
    if (open.isPresent() && console.screen().isTerminal(Screen.ERR)) {
      Console.lines(text).forEach(open.get()::notice);
    } else {
      console.tell(text);
    }
  }

  @Override
  public void interrupted() {
    prompt.ifPresent(Prompt::interrupted);
  }

  @Override
  public void leave() {
    prompt.ifPresent(Prompt::leave);
  }

  @Override
  public void end() {
    Optional<Prompt> open = prompt;
    prompt = Optional.empty();
    open.ifPresent(Prompt::close);
  }
}
