package igdrom.hypervisor;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an XML text into elements with their offsets.
///
/// The parser of the JDK decides whether the text is well-formed; it is told to read no document
/// type and no external entity. What it does not say is where an element begins and ends in the
/// text, which is found here.
final class XmlText {
    private static final int MAX_SIZE = 4 << 20;
    private static final int MAX_DEPTH = 100;

    private final String name;
    private final String text;
    private int at;
    private int line = 1;

    private XmlText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /// The root element.
    ///
    /// @throws MalformedVmException when the text is not well-formed
    static XmlElement read(String name, String text) {
        if (text.length() > MAX_SIZE) {
            throw new MalformedVmException(name, 0, "is larger than 4 MiB");
        }
        checkWellFormed(name, text);
        XmlText reader = new XmlText(name, text);
        reader.skipToTag();
        return reader.element(0);
    }

    private static void checkWellFormed(String name, String text) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        int depth = 0;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new MalformedVmException(
                            name, 0, "has a document type, which no definition of libvirt has");
                }
                if (event == XMLStreamConstants.START_ELEMENT && ++depth > MAX_DEPTH) {
                    throw new MalformedVmException(
                            name, 0, "elements are nested deeper than " + MAX_DEPTH);
                }
                depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new MalformedVmException(name, line, "is not well-formed XML");
        }
    }

    private MalformedVmException broken() {
        return new MalformedVmException(name, line, "cannot be read as XML");
    }

    private void move(int to) {
        if (to < at) {
            throw broken();
        }
        for (; at < to; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }

    private int find(String what) {
        int found = text.indexOf(what, at);
        if (found < 0) {
            throw broken();
        }
        return found;
    }

    /// Moves to the `<` of the next tag, over text, comments, instructions and CDATA.
    private void skipToTag() {
        while (true) {
            move(find("<"));
            if (text.startsWith("<!--", at)) {
                move(at + 4);
                move(find("-->") + 3);
            } else if (text.startsWith("<?", at)) {
                move(find("?>") + 2);
            } else if (text.startsWith("<![CDATA[", at)) {
                move(find("]]>") + 3);
            } else {
                return;
            }
        }
    }

    private XmlElement element(int depth) {
        if (depth > MAX_DEPTH) {
            throw broken();
        }
        int start = at;
        int startLine = line;
        int nameEnd = at + 1;
        while (nameEnd < text.length() && " \t\r\n/>".indexOf(text.charAt(nameEnd)) < 0) {
            nameEnd++;
        }
        String tag = text.substring(at + 1, nameEnd);
        move(nameEnd);
        SequencedMap<String, String> attributes = attributes();
        boolean empty = text.startsWith("/>", at);
        move(at + (empty ? 2 : 1));
        int open = at;
        List<XmlElement> children = new ArrayList<>();
        if (empty) {
            return new XmlElement(
                    tag, attributes, children, start, open, open, open, startLine, "");
        }
        StringBuilder content = new StringBuilder();
        int from = at;
        while (true) {
            skipToTag();
            content.append(text, from, at);
            if (text.startsWith("</", at)) {
                break;
            }
            children.add(element(depth + 1));
            from = at;
        }
        int close = at;
        move(find(">") + 1);
        return new XmlElement(
                tag,
                attributes,
                children,
                start,
                open,
                close,
                at,
                startLine,
                decoded(content.toString().strip()));
    }

    /// The attributes of a start tag, up to its `>` or `/>`.
    private SequencedMap<String, String> attributes() {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                move(at + 1);
            }
            if (at >= text.length()) {
                throw broken();
            }
            if (text.charAt(at) == '>' || text.startsWith("/>", at)) {
                return attributes;
            }
            int equals = find("=");
            String key = text.substring(at, equals).strip();
            move(equals + 1);
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                move(at + 1);
            }
            if (at >= text.length()) {
                throw broken();
            }
            String quote = text.substring(at, at + 1);
            move(at + 1);
            int end = find(quote);
            attributes.put(key, decoded(text.substring(at, end)));
            move(end + 1);
        }
    }

    private static String decoded(String value) {
        String decoded = value;
        for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
            decoded = decoded.replace(entity.getKey(), entity.getValue());
        }
        return decoded;
    }

    /// The ampersand last.
    private static final SequencedMap<String, String> ENTITIES = new LinkedHashMap<>();

    static {
        ENTITIES.put("&lt;", "<");
        ENTITIES.put("&gt;", ">");
        ENTITIES.put("&apos;", "'");
        ENTITIES.put("&quot;", "\"");
        ENTITIES.put("&amp;", "&");
    }
}
