package igdrom.report.html;

import igdrom.json.JsonEscapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A piece of a page.
public sealed interface Markup {
    /// Text, which is never parsed.
    ///
    /// @param text without characters that change the direction of what follows: they are escaped
    record Text(String text) implements Markup {
        public Text {
            text = JsonEscapes.escapeControls(text);
        }
    }

    /// An element of HTML or SVG.
    record Element(String name, Map<String, String> attributes, List<Markup> children)
            implements Markup {
        public Element {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            children = List.copyOf(children);
        }
    }

    /// Collects attributes and children of an element.
    final class Builder {
        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Markup> children = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /// Sets an attribute, whose value a printer escapes.
        Builder attribute(String key, String value) {
            attributes.put(key, JsonEscapes.escapeControls(value));
            return this;
        }

        Builder text(String text) {
            children.add(new Text(text));
            return this;
        }

        Builder add(Markup child) {
            children.add(child);
            return this;
        }

        Builder add(Builder child) {
            return add(child.build());
        }

        Builder addAll(List<Markup> more) {
            children.addAll(more);
            return this;
        }

        Element build() {
            return new Element(name, attributes, children);
        }
    }

    /// An element without a class.
    static Builder element(String name) {
        return new Builder(name);
    }

    /// An element of a class of the style sheet, or of several with spaces between them.
    static Builder element(String name, String classes) {
        return new Builder(name).attribute("class", classes);
    }
}
