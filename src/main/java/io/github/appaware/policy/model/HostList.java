package io.github.appaware.policy.model;

/**
 * The names of one {@code host-list} file. Equal only to itself: a file is read once for a policy.
 */
public final class HostList {
  private final HostLists all;
  private final int number;
  private final String file;
  private int size;

  HostList(HostLists all, int number, String file) {
    this.all = all;
    this.number = number;
    this.file = file;
  }

  /** Its number among the lists of the policy, from 0. */
  public int number() {
    return number;
  }

  void counted() {
    size++;
  }

  /** How many entries the file has; one that is there twice counts twice. */
  public int size() {
    return size;
  }

  HostLists all() {
    return all;
  }

  /** Whether the host, whose name is in normal form, is in the list. */
  public boolean contains(String host) {
    return all.contains(number, host);
  }

  /** The file, as messages name it. */
  @Override
  public String toString() {
    return file;
  }
}
