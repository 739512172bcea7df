package io.github.appaware.report;

import io.github.appaware.report.Findings.Finding;
import io.github.appaware.report.Findings.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report as test results, in the form of surefire's {@code surefire-test-report.xsd}: each
 * destination is a test case, which failed where it was denied, or would have been.
 */
public final class JunitReport {
  /** Servers keep all of them in memory; what was denied comes first. */
  static final int MOST_CASES = 10_000;

  private static final int MOST_ADVICE = 100;
  private static final String NO_TIME = "0";

  private final Advice advice;

  public JunitReport(Advice advice) {
    this.advice = advice;
  }

  /** Writes the document, in ASCII. */
  public void write(Findings findings, Writer out) throws IOException {
    List<Finding> all = findings.all();
    List<Finding> cases = all.subList(0, Math.min(MOST_CASES, all.size()));
    long failures = cases.stream().filter(each -> each.outcome() != Outcome.ALLOWED).count();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "appaware");
      xml.writeAttribute("time", NO_TIME);
      xml.writeAttribute("tests", Integer.toString(cases.size()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute("failures", Long.toString(failures));
      int advised = 0;
      for (Finding each : cases) {
        boolean failed = each.outcome() != Outcome.ALLOWED;
        write(xml, each, failed && advised++ < MOST_ADVICE ? advice.of(List.of(each.entry())) : "");
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void write(XMLStreamWriter xml, Finding each, String rule)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", each.event() + from(each));
    xml.writeAttribute("classname", "appaware." + each.app());
    xml.writeAttribute("time", NO_TIME);
    if (each.outcome() != Outcome.ALLOWED) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", each.event() + " " + each.reason());
      xml.writeAttribute("type", each.outcome().label());
      String code = each.frame().isEmpty() ? "" : "\ncode: " + each.frame();
      String caller = each.caller().isEmpty() ? "" : "\ncaller: " + each.caller();
      String test = each.test().isEmpty() ? "" : "\ntest: " + each.test();
      String allow = rule.isEmpty() ? "" : "\nto allow it:\n" + rule;
      xml.writeCharacters("count: " + each.count() + code + caller + test + allow);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String from(Finding each) {
    return each.library().isEmpty() ? "" : ", from " + each.library();
  }
}
