package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/// A file that somebody pasted.
///
/// @param name for messages
/// @param contents unknown when they cannot be read
public record TextFile(String name, Fact<Image> contents) {
    /// Maximum size of a file; a kernel log has some 100 KiB.
    public static final int MAX_SIZE = 16 << 20;

    /// Maximum size of all files of a directory.
    public static final int MAX_TOTAL = 4 * MAX_SIZE;

    /// Maximum number of files of a directory.
    public static final int MAX_FILES = 1000;

    /// Maximum length of a line, in characters; the rest is dropped. Linux takes a command line of
    /// 2048.
    static final int MAX_LINE = 4 << 10;

    /// Maximum number of lines that are read of a file; a kernel log has some 1500.
    static final int MAX_LINES = 500_000;

    /// A file with these contents.
    public static TextFile of(String name, Image contents) {
        return contents.size() > MAX_SIZE
                ? unreadable(name, tooLarge(contents.size()))
                : new TextFile(name, new Fact.Known<>(contents, name));
    }

    private static TextFile unreadable(String name, String reason) {
        return new TextFile(name, new Fact.Unknown<>(name, reason));
    }

    private static String tooLarge(long size) {
        return "has %d bytes, more than the %d that any such text needs".formatted(size, MAX_SIZE);
    }

    /// The files of a directory by name, without those of its subdirectories; those of a ZIP
    /// archive; or a single file. One that cannot be read is unknown, with the reason.
    ///
    /// @throws IOException when the directory cannot be listed
    /// @throws igdrom.bytes.MalformedImageException when the archive is malformed or too large
    public static List<TextFile> in(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            TextFile file = read(path, MAX_TOTAL);
            Image image = file.contents().value().orElse(Image.EMPTY);
            return TextArchive.isAt(image) ? TextArchive.read(path, file.name()) : List.of(file);
        }
        List<Path> paths;
        try (Stream<Path> all = Files.list(path)) {
            paths = all.filter(file -> !Files.isDirectory(file)).limit(MAX_FILES).sorted().toList();
        }
        List<TextFile> files = new ArrayList<>();
        long left = MAX_TOTAL;
        for (Path file : paths) {
            TextFile read = read(file, left);
            left -= read.contents().value().map(Image::size).orElse(0L);
            files.add(read);
        }
        return files;
    }

    private static TextFile read(Path path, long left) {
        String name = String.valueOf(path.getFileName());
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return unreadable(name, "is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > MAX_SIZE) {
                return unreadable(name, tooLarge(size));
            }
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            return bytes.length > left
                    ? unreadable(name, "the files before it are as large as can be read")
                    : of(name, Image.of(bytes));
        } catch (IOException e) {
            return unreadable(name, reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    /// The lines, cleaned of what copying leaves in them. None when the contents are no text.
    Iterable<Line> lines() {
        Image image = contents.value().orElse(Image.EMPTY);
        String text = new String(image.toByteArray(), StandardCharsets.UTF_8);
        return text.indexOf('\0') >= 0 ? List.of() : () -> new Lines(name, text);
    }

    /// A line of a file.
    ///
    /// @param number from 1
    record Line(String file, int number, String text) {
        /// Where a fact is from: `lspci.txt:12`.
        String source() {
            return file + ":" + number;
        }
    }

    private static final class Lines implements Iterator<Line> {
        private final String file;
        private final String text;
        private int at;
        private int number;

        Lines(String file, String text) {
            this.file = file;
            this.text = text;
        }

        @Override
        public boolean hasNext() {
            return at < text.length() && number < MAX_LINES;
        }

        @Override
        public Line next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, Math.min(end, at + MAX_LINE));
            at = end + 1;
            number++;
            return new Line(file, number, cleaned(line));
        }

        /// Web pages and word processors put no-break spaces into a text, and replies quote it.
        private static String cleaned(String line) {
            String plain = line.replace('\u00a0', ' ').stripTrailing();
            return plain.startsWith("> ") ? plain.substring(2) : plain;
        }
    }
}
