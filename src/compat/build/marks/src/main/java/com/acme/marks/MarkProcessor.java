package com.acme.marks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Writes {@code OrderMark} for a class {@code Order}. */
@SupportedAnnotationTypes("com.acme.marks.Marked")
public class MarkProcessor extends AbstractProcessor {
  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element each : round.getElementsAnnotatedWith(Marked.class)) {
      String name = each.getSimpleName() + "Mark";
      try (Writer out =
          processingEnv.getFiler().createSourceFile("com.acme.store." + name, each).openWriter()) {
        out.write("package com.acme.store;\nclass " + name + " {\n");
        out.write("  static final String TEXT = \"" + each.getSimpleName() + "\";\n}\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }
}
