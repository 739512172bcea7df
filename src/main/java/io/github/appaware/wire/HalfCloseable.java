package io.github.appaware.wire;

import java.io.IOException;

/** A channel other than a socket that can end its own side and go on reading. */
public interface HalfCloseable {
  /** Nothing more is sent from this side; what the other side still sends can be read. */
  void end() throws IOException;
}
