package io.github.appaware.policy.model;

import io.github.appaware.event.Application;
import java.util.List;

/**
 * One {@code [[group]]}: machines, users and applications that rules name together. An empty
 * collection is a key that was not written.
 *
 * @param id the id
 * @param machines globs over the name of the machine that an application runs on
 * @param users globs over the name of the user that it runs as
 * @param apps ids of applications
 * @param file the policy file, as the user named it
 * @param line the line of the {@code [[group]]} header, from 1; 0 where none has the id
 */
public record Group(
    String id, List<Glob> machines, List<Glob> users, List<String> apps, String file, int line) {
  public Group {
    machines = List.copyOf(machines);
    users = List.copyOf(users);
    apps = List.copyOf(apps);
  }

  /** A group that a rule names and no file defines: no application is in it. */
  public static Group unknown(String id) {
    return new Group(id, List.of(), List.of(), List.of(), "", 0);
  }

  /** Where it stands: {@code policy.toml:5}. */
  public String at() {
    return file + ":" + line;
  }

  /**
   * Whether the application is in the group. Keys are joined by AND, the values of a key by OR; a
   * group without keys is empty.
   */
  public boolean has(Application app) {
    boolean says = !machines.isEmpty() || !users.isEmpty() || !apps.isEmpty();
    return says
        && isKnownTo(machines, Glob.normalMachine(app.machine()))
        && isKnownTo(users, app.user())
        && (apps.isEmpty() || apps.contains(app.id()));
  }

  /** No pattern matches an unknown name. */
  private static boolean isKnownTo(List<Glob> globs, String name) {
    return globs.isEmpty()
        || (!name.isEmpty() && globs.stream().anyMatch(glob -> glob.matches(name)));
  }

  @Override
  public String toString() {
    return id;
  }
}
