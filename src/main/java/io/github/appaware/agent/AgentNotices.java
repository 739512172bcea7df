package io.github.appaware.agent;

import io.github.appaware.link.Notices;

/** Puts notices on the process's stderr. */
final class AgentNotices implements Notices {
  @Override
  public void tell(String text) {
    AgentAbort.tell(text);
  }
}
