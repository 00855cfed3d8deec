package igdrom.formats.zip;

import igdrom.bytes.Cursor;
import java.util.List;

/// The rules for names in an archive: a relative path that stays below its directory, on any
/// system.
final class EntryName {
    private static final int MAX_LENGTH = 255;

    private EntryName() {}

    /// @param position of the entry, for the message
    static void check(String name, Cursor in, long position) {
        if (!isSafe(name)) {
            throw in.malformed(position, "\"%s\" is not a plain relative path", printable(name));
        }
    }

    static boolean isSafe(String name) {
        boolean plain =
                name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\' || c == ':');
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return plain
                && name.length() <= MAX_LENGTH
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static String printable(String name) {
        String start = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
        StringBuilder out = new StringBuilder();
        for (char c : start.toCharArray()) {
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        return out.toString();
    }
}
