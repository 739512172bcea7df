package io.github.appaware.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.dom.HtmlDocumentBuilder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a page as XML and as browsers do, with parsers that stop at the first error, and finds
 * nothing active in it.
 */
final class Passive {
  private static final Set<String> ELEMENTS =
      Set.of(
          "html", "head", "meta", "title", "style", "body", "main", "header", "section", "article",
          "h1", "h2", "h3", "p", "span", "strong", "ul", "li", "dl", "div", "dt", "dd", "pre",
          "code", "figure", "table", "thead", "tbody", "tr", "th", "td", "svg", "g", "path", "rect",
          "text");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "xmlns",
          "lang",
          "charset",
          "http-equiv",
          "content",
          "name",
          "class",
          "scope",
          "data-label",
          "viewBox",
          "role",
          "aria-label",
          "d",
          "stroke-width",
          "x",
          "y",
          "width",
          "height",
          "rx",
          "text-anchor");

  private Passive() {}

  static Document page(String text) throws Exception {
    assertThat(text).startsWith("<!DOCTYPE html>\n<html ").isASCII();
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setErrorHandler(null);
    Document page = parser.parse(new InputSource(new StringReader(text)));
    check(page);
    HtmlDocumentBuilder browser = new HtmlDocumentBuilder(XmlViolationPolicy.FATAL);
    browser.setErrorHandler(new Strict());
    Document shown = browser.parse(new InputSource(new StringReader(text)));
    check(shown);
    assertThat(shown.getDocumentElement().getTextContent())
        .isEqualToIgnoringWhitespace(page.getDocumentElement().getTextContent());
    return page;
  }

  /** Errors and warnings end the test. */
  private static final class Strict extends DefaultHandler {
    @Override
    public void warning(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }

  private static void check(Document page) throws Exception {
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(ELEMENTS)
          .contains(element.getLocalName() == null ? element.getTagName() : element.getLocalName());
      NamedNodeMap attributes = element.getAttributes();
      for (int j = 0; j < attributes.getLength(); j++) {
        assertThat(ATTRIBUTES).contains(attributes.item(j).getNodeName());
      }
    }
    checkPolicy(page);
  }

  /** The page's one style sheet is the only thing that its policy lets a browser use. */
  private static void checkPolicy(Document page) throws Exception {
    NodeList styles = page.getElementsByTagName("style");
    assertThat(styles.getLength()).isOne();
    String style = styles.item(0).getTextContent();
    assertThat(style).doesNotContain("url(", "@import", "expression", "</");
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(StandardCharsets.UTF_8)));
    NodeList metas = page.getElementsByTagName("meta");
    String policy = "";
    for (int i = 0; i < metas.getLength(); i++) {
      Node named = metas.item(i).getAttributes().getNamedItem("http-equiv");
      if (named != null) {
        assertThat(named.getNodeValue()).isEqualTo("Content-Security-Policy");
        policy += ((Element) metas.item(i)).getAttribute("content");
      }
    }
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + hash
                + "'; base-uri 'none'; form-action 'none'");
  }
}
