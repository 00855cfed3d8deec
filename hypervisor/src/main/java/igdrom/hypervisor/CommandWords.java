package igdrom.hypervisor;

import java.util.ArrayList;
import java.util.List;

/// Splits a command line as a shell does: blanks, quotes, backslashes, comments.
final class CommandWords {
    /// More than any real command line has.
    private static final int MAX_WORDS = 10_000;

    private CommandWords() {}

    /// A word and the line that it begins in, from 1.
    record Word(String text, int line) {}

    /// The words of a text, in which a backslash before a line end continues the line.
    static List<Word> split(String name, String text) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        int line = 1;
        int start = 1;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            }
            boolean continues = c == '\\' && i + 1 < text.length();
            if (quote == '\'' ? c == '\'' : quote == '"' && c == '"') {
                quote = 0;
            } else if (quote == '\'') {
                word.append(c);
            } else if (continues && text.charAt(i + 1) == '\n') {
                i++;
                line++;
            } else if (continues && (quote == 0 || "\"\\$`".indexOf(text.charAt(i + 1)) >= 0)) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote == '"') {
                word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                start = inWord ? start : line;
                inWord = true;
            } else if (c == '#' && !inWord) {
                while (i + 1 < text.length() && text.charAt(i + 1) != '\n') {
                    i++;
                }
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    add(name, words, new Word(word.toString(), start));
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                start = inWord ? start : line;
                inWord = true;
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new MalformedVmException(name, start, "a quote is not closed");
        }
        if (inWord) {
            add(name, words, new Word(word.toString(), start));
        }
        return words;
    }

    private static void add(String name, List<Word> words, Word word) {
        if (words.size() >= MAX_WORDS) {
            throw new MalformedVmException(
                    name, word.line, "has more than " + MAX_WORDS + " words");
        }
        words.add(word);
    }
}
