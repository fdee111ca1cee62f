package io.jenkins.plugins.bellhop.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A Jelly view as it stands in the sources; an object that exists is well-formed. */
final class JellyView {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern MESSAGE = Pattern.compile("\\$\\{%([^}(]+)");

    private static final Pattern MESSAGE_WITH_PARENTHESIS = Pattern.compile("\\$\\{%([^}(]+)\\(");

    private final Path path;
    private final Document document;

    private JellyView(Path path) {
        this.path = path;
        this.document = parse(path);
    }

    static List<JellyView> all() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".jelly"))
                    .sorted()
                    .map(JellyView::new)
                    .toList();
        }
    }

    String name() {
        return path.getFileName().toString().replace(".jelly", "");
    }

    Path sibling(String file) {
        return path.resolveSibling(file);
    }

    /** Whether expressions are escaped before they reach the page; off unless a view asks for it. */
    boolean escapesByDefault() {
        return nodes(document.getChildNodes())
                .filter(node -> node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE)
                .filter(node -> node.getNodeName().equals("jelly"))
                .anyMatch(node -> node.getNodeValue().trim().equals("escape-by-default='true'"));
    }

    /** Script in the page itself, which a content security policy refuses to run. */
    List<String> inlineScripts() {
        List<String> found = new ArrayList<>();
        elements()
                .filter(element -> element.getTagName().equals("script"))
                .filter(element -> !element.getTextContent().isBlank())
                .forEach(element -> found.add("<script>"));
        attributes()
                .filter(attribute -> attribute.getName().matches("(?i)on[a-z]+")
                        || attribute.getValue().matches("(?is)\\s*javascript:.*"))
                .forEach(attribute -> found.add(attribute.toString()));
        return found;
    }

    /** Message keys that aren't the English text itself. */
    Stream<String> messageKeys() {
        return texts().flatMap(text -> MESSAGE.matcher(text).results())
                .map(match -> match.group(1).trim())
                .filter(JellyView::isName);
    }

    /** English texts with a parenthesis: Jenkins takes what is in it for arguments, and shows nothing of the whole view. */
    Stream<String> textsTakenForCalls() {
        return texts().flatMap(text -> MESSAGE_WITH_PARENTHESIS.matcher(text).results())
                .map(match -> match.group(1))
                .filter(text -> text.trim().contains(" "));
    }

    private Stream<String> texts() {
        return Stream.concat(
                attributes().map(Attr::getValue),
                Stream.of(document.getDocumentElement().getTextContent()));
    }

    Properties messages() throws IOException {
        Properties messages = new Properties();
        Path file = sibling(name() + ".properties");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                messages.load(in);
            }
        }
        return messages;
    }

    /** Names of the form fields that the view shows without naming a help page for them. */
    Stream<String> fieldsWithoutHelpPage() {
        return attributes()
                .filter(attr -> attr.getName().equals("field"))
                .filter(attr -> !attr.getOwnerElement().hasAttribute("help"))
                .map(Attr::getValue)
                .filter(JellyView::isKnown);
    }

    /** Help pages that the view names itself, as paths on the server. */
    Stream<String> helpPages() {
        return valuesOf("help");
    }

    @Override
    public String toString() {
        return RESOURCES.relativize(path).toString();
    }

    /** "someKey" and "some.key" would be shown as they stand; "Some words…", "GitHub" and "read-only" may be. */
    private static boolean isName(String key) {
        return key.matches("[a-z]\\w*[A-Z]\\w*|\\w+([._]\\w+)+");
    }

    private Stream<String> valuesOf(String attribute) {
        return attributes()
                .filter(attr -> attr.getName().equals(attribute))
                .map(Attr::getValue)
                .filter(JellyView::isKnown);
    }

    /** Before the page is shown. */
    private static boolean isKnown(String value) {
        return !value.contains("${");
    }

    private Stream<Attr> attributes() {
        return elements()
                .flatMap(element -> IntStream.range(0, element.getAttributes().getLength())
                        .mapToObj(i -> (Attr) element.getAttributes().item(i)));
    }

    private Stream<Element> elements() {
        return nodes(document.getElementsByTagName("*")).map(Element.class::cast);
    }

    private static Stream<Node> nodes(NodeList list) {
        return IntStream.range(0, list.getLength()).mapToObj(list::item);
    }

    private static Document parse(Path path) {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try {
            return factory.newDocumentBuilder().parse(path.toFile());
        } catch (SAXException e) {
            throw new IllegalArgumentException(path + " is not well-formed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's own parser", e);
        }
    }
}
