package io.github.appaware.linux;

import java.util.Optional;

/** Where no system call can be done. */
class UnavailableCalls implements SystemCalls {
  private final String reason;

  UnavailableCalls(String reason) {
    this.reason = reason;
  }

  private UnavailableException failure() {
    return new UnavailableException(reason);
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.of(reason);
  }

  @Override
  public void becomeSubreaper() throws UnavailableException {
    throw failure();
  }

  @Override
  public void setDumpable(boolean dumpable) throws UnavailableException {
    throw failure();
  }

  @Override
  public void setParentDeathSignal(int signal) throws UnavailableException {
    throw failure();
  }

  @Override
  public void kill(long pid, int signal) throws UnavailableException {
    throw failure();
  }

  @Override
  public ProcessDescriptor open(long pid) throws UnavailableException {
    throw failure();
  }

  @Override
  public Optional<ExitStatus> reap(long pid) throws UnavailableException {
    throw failure();
  }

  @Override
  public SealedFile memory(String name) throws UnavailableException {
    throw failure();
  }
}
