package igdrom.fetch;

import java.util.ArrayList;
import java.util.List;

/// A dependency: a package, and the versions that satisfy it.
///
/// Spec: Debian Policy, "Syntax of relationship fields".
///
/// @param operator `<<`, `<=`, `=`, `>=`, `>>`, or empty for any version
public record Relation(String name, String operator, DebVersion version) {
    /// Any version of a package.
    public static Relation any(String name) {
        return new Relation(name, "", new DebVersion(""));
    }

    public static Relation atLeast(String name, String version) {
        return new Relation(name, ">=", new DebVersion(version));
    }

    /// Reads a field such as Depends: a list of groups that must all be satisfied, each by any of
    /// its alternatives.
    static List<List<Relation>> groups(String field) {
        List<List<Relation>> groups = new ArrayList<>();
        for (String group : field.split(",", -1)) {
            List<Relation> alternatives = new ArrayList<>();
            for (String text : group.split("\\|", -1)) {
                if (!text.isBlank()) {
                    alternatives.add(of(text.strip()));
                }
            }
            if (!alternatives.isEmpty()) {
                groups.add(alternatives);
            }
        }
        return groups;
    }

    private static Relation of(String text) {
        int open = text.indexOf('(');
        String name = (open < 0 ? text : text.substring(0, open)).strip();
        int colon = name.indexOf(':');
        name = colon < 0 ? name : name.substring(0, colon);
        if (open < 0) {
            return any(name);
        }
        int close = text.indexOf(')', open);
        String inner = text.substring(open + 1, close < 0 ? text.length() : close).strip();
        int end = 0;
        while (end < inner.length() && "<=>".indexOf(inner.charAt(end)) >= 0) {
            end++;
        }
        return new Relation(
                name, inner.substring(0, end), new DebVersion(inner.substring(end).strip()));
    }

    boolean isSatisfiedBy(DebVersion found) {
        int order = found.compareTo(version);
        return switch (operator) {
            case "" -> true;
            case "<<" -> order < 0;
            case "<=" -> order <= 0;
            case "=" -> order == 0;
            case ">=" -> order >= 0;
            case ">>" -> order > 0;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return operator.isEmpty() ? name : name + " (" + operator + " " + version.text() + ")";
    }
}
