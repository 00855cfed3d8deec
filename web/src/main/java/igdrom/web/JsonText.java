package igdrom.web;

import igdrom.json.JsonArray;
import igdrom.json.JsonBoolean;
import igdrom.json.JsonFormat;
import igdrom.json.JsonNull;
import igdrom.json.JsonNumber;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Parses the text of a document.
final class JsonText {
    private final String text;
    private final String name;
    private int at;

    JsonText(String text, String name) {
        this.text = text;
        this.name = name;
    }

    JsonValue document() {
        skipSpace();
        if (at == text.length()) {
            throw new MalformedJsonException(name, "", "is empty, expected a JSON object");
        }
        JsonValue value = value("", 0);
        skipSpace();
        if (at < text.length()) {
            throw new MalformedJsonException(name, "", "more data after the end of the object");
        }
        return value;
    }

    private JsonValue value(String path, int depth) {
        if (depth > JsonFormat.MAX_DEPTH) {
            throw new MalformedJsonException(
                    name, "", "nested more than " + JsonFormat.MAX_DEPTH + " levels deep");
        }
        return switch (peek()) {
            case '{' -> object(path, depth);
            case '[' -> array(path, depth);
            case '"' -> new JsonString(string());
            case 't' -> word("true", new JsonBoolean(true));
            case 'f' -> word("false", new JsonBoolean(false));
            case 'n' -> word("null", JsonNull.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(path);
            default -> throw unexpected("a value");
        };
    }

    private JsonObject object(String path, int depth) {
        JsonObject.Builder object = JsonObject.builder();
        Set<String> names = new HashSet<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return object.build();
        }
        while (true) {
            if (peek() != '"') {
                throw unexpected("the name of a field");
            }
            String member = string();
            if (!names.add(member)) {
                throw new MalformedJsonException(
                        name, location(), "not JSON: two fields are named \"" + member + "\"");
            }
            skipSpace();
            expect(':');
            skipSpace();
            object.put(member, value(path.isEmpty() ? member : path + "." + member, depth + 1));
            skipSpace();
            if (peek() == '}') {
                at++;
                return object.build();
            }
            expect(',');
            skipSpace();
        }
    }

    private JsonArray array(String path, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(elements);
        }
        while (true) {
            elements.add(value(path + "[" + elements.size() + "]", depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new JsonArray(elements);
            }
            expect(',');
            skipSpace();
        }
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a character of a string");
            }
            at++;
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> {
                at--;
                throw unexpected("an escape");
            }
        };
    }

    private char unit() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw unexpected("a hexadecimal digit");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private JsonNumber number(String path) {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == digits || (at > digits + 1 && text.charAt(digits) == '0')) {
            throw unexpected("a number");
        }
        boolean whole = at == text.length() || ".eE".indexOf(text.charAt(at)) < 0;
        try {
            if (whole) {
                return new JsonNumber(Long.parseLong(text.substring(start, at)));
            }
        } catch (NumberFormatException _) {
            // Out of range: the same message.
        }
        throw new MalformedJsonException(name, path, "is not a whole number of 64 bits");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private JsonValue word(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw unexpected("a value");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private char peek() {
        if (at == text.length()) {
            throw new MalformedJsonException(name, location(), "not JSON: it ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private MalformedJsonException unexpected(String expected) {
        return new MalformedJsonException(
                name,
                location(),
                "not JSON: U+%04X where %s is expected".formatted((int) peek(), expected));
    }

    private String location() {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return "line " + line + ", column " + column;
    }
}
