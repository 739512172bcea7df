package io.github.appaware.testkit;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Prepares a test of the built tool: in the directory of its {@link TempDir} field, it writes the
 * policies {@code allow.toml} and {@code deny.toml}, which allow and deny everything, makes the jar
 * of each {@link JarOf} field, and sets the field of type {@link Tool}, whose commands run in that
 * directory. All of this is done before the test's own {@code @BeforeEach} methods.
 */
public final class ToolExtension implements BeforeEachCallback {
  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Object test = context.getRequiredTestInstance();
    Path directory = directory(test);
    write(directory, "allow");
    write(directory, "deny");
    for (Field field : AnnotationSupport.findAnnotatedFields(test.getClass(), JarOf.class)) {
      JarOf jar = field.getAnnotation(JarOf.class);
      set(test, field, Programs.jar(directory.resolve(jar.name()), jar.value()));
    }
    for (Field field : instanceFields(test, Tool.class)) {
      set(test, field, new Tool(directory));
    }
  }

  private static void write(Path directory, String unknown) throws IOException {
    Files.writeString(
        directory.resolve(unknown + ".toml"),
        "version = 1\n[default]\nunknown = '" + unknown + "'\n");
  }

  private static Path directory(Object test) throws IllegalAccessException {
    for (Field field : instanceFields(test, Path.class)) {
      if (field.isAnnotationPresent(TempDir.class)) {
        field.setAccessible(true);
        return (Path) field.get(test);
      }
    }
    throw new ExtensionConfigurationException(
        test.getClass().getSimpleName() + " has no field `@TempDir Path` of the instance");
  }

  private static List<Field> instanceFields(Object test, Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Field field : test.getClass().getDeclaredFields()) {
      if (field.getType() == type && !Modifier.isStatic(field.getModifiers())) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static void set(Object test, Field field, Object value) throws IllegalAccessException {
    field.setAccessible(true);
    field.set(test, value);
  }
}
