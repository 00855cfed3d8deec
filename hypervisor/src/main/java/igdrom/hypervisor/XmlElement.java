package igdrom.hypervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An element of an XML text, with where it is, so that the text around it can stay as it is.
///
/// @param name with its prefix
/// @param attributes by their names
/// @param children elements only
/// @param start offset of `<`
/// @param open offset after the `>` of the start tag
/// @param close offset of `</`, or `open` for an empty element
/// @param end offset after the element
/// @param line of the start, from 1
/// @param text between the tags, without markup
record XmlElement(
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        int start,
        int open,
        int close,
        int end,
        int line,
        String text) {
    XmlElement {
        attributes = new LinkedHashMap<>(attributes);
        children = List.copyOf(children);
    }

    String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(each -> each.name.equals(wanted)).findFirst();
    }

    List<XmlElement> all(String wanted) {
        return children.stream().filter(each -> each.name.equals(wanted)).toList();
    }

    /// The element at the end of a path such as `os/type`.
    Optional<XmlElement> at(String path) {
        XmlElement at = this;
        for (String step : path.split("/", -1)) {
            Optional<XmlElement> next = at.child(step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /// Whether it is written as `<name/>`.
    boolean isEmptyTag() {
        return close == end;
    }

    /// All elements below it, itself first.
    List<XmlElement> tree() {
        List<XmlElement> all = new ArrayList<>();
        all.add(this);
        for (XmlElement child : children) {
            all.addAll(child.tree());
        }
        return all;
    }
}
