package io.github.appaware.convert;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.appaware.policy.model.Action;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The permissions in a {@code deno.json}: its tasks' command lines, and its permission sets. JSON
 * with comments is read as well.
 */
public final class DenoConfig {
  private final String name;
  private final DenoPermissions permissions;
  private final Conversion conversion;
  private boolean found;

  private DenoConfig(String name, DenoPermissions permissions, Conversion conversion) {
    this.name = name;
    this.permissions = permissions;
    this.conversion = conversion;
  }

  /**
   * Converts a file: a configuration, or a script with command lines.
   *
   * @param name of the file, for places
   */
  public static void convert(
      String name, String text, DenoPermissions permissions, Conversion conversion)
      throws IOException {
    DenoConfig config = new DenoConfig(name, permissions, conversion);
    if (text.stripLeading().startsWith("{")) {
      config.json(text);
    } else {
      config.commands(text, command -> name + ":" + command.line() + ": ");
      if (!config.found) {
        conversion.lose(name, "has no permission of Deno in it");
      }
    }
  }

  /** Converts command lines, or flags alone. */
  public static void commands(String text, DenoPermissions permissions) {
    for (ShellCommands.Command command : ShellCommands.of(text)) {
      permissions.words("", command.words());
    }
  }

  private void commands(String text, Function<ShellCommands.Command, String> place) {
    for (ShellCommands.Command command : ShellCommands.of(text)) {
      found |= permissions.words(place.apply(command), command.words());
    }
  }

  private void json(String text) throws IOException {
    Map<?, ?> fields;
    try {
      fields = JsonTree.parseWithComments(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      conversion.lose(name + (at == null ? "" : ":" + at.getLineNr()), "is not a JSON object");
      return;
    }
    sets(fields.get("permissions"));
    tasks(fields.get("tasks"));
    tasks(fields.get("scripts"));
    for (String command : List.of("test", "bench", "compile")) {
      if (fields.get(command) instanceof Map<?, ?> options
          && options.get("permissions") instanceof Map<?, ?> set) {
        set(name + ": " + command + ": ", set);
      }
    }
    if (!found) {
      conversion.lose(name, "has neither tasks nor permission sets");
    }
  }

  private void tasks(Object tasks) {
    if (tasks instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> task : map.entrySet()) {
        Object given = task.getValue();
        String command =
            given instanceof Map<?, ?> fields ? text(fields.get("command")) : text(given);
        commands(command, unused -> name + ": task " + task.getKey() + ": ");
        found = true;
        permissions.endFlags();
      }
    }
  }

  private void sets(Object sets) {
    if (sets instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> set : map.entrySet()) {
        String place = name + ": permissions " + set.getKey() + ": ";
        if (set.getValue() instanceof Map<?, ?> fields) {
          set(place, fields);
        } else {
          found = true;
          conversion.lose(place.replaceFirst(": $", ""), "is not a set of permissions");
        }
      }
    }
  }

  private void set(String place, Map<?, ?> set) {
    found = true;
    for (Map.Entry<?, ?> field : set.entrySet()) {
      String key = text(field.getKey());
      switch (key) {
        case "all" -> {
          if (field.getValue().equals("true")) {
            permissions.all(place + "all");
          }
        }
        case "net" -> net(place + "net", field.getValue());
        default -> conversion.pass(place + key, "is not about the network");
      }
    }
    permissions.endProgram();
  }

  private void net(String place, Object value) {
    if (value instanceof Map<?, ?> both) {
      hosts(Action.ALLOW, place + " allow", both.get("allow"));
      hosts(Action.DENY, place + " deny", both.get("deny"));
      hosts(Action.DENY, place + " ignore", both.get("ignore"));
    } else {
      hosts(Action.ALLOW, place, value);
    }
  }

  private void hosts(Action action, String place, Object value) {
    if (value instanceof List<?> list) {
      permissions.hosts(action, place + " ", list.stream().map(DenoConfig::text).toList());
    } else if ("true".equals(value)) {
      permissions.everything(action, place);
    } else if (value != null && !"false".equals(value)) {
      conversion.lose(place, "is neither a list of hosts nor true or false");
    }
  }

  private static String text(Object value) {
    return value instanceof String text ? text : "";
  }
}
