package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files of a ZIP archive, such as a bug report.
final class TextArchive {
    private static final Image START = Image.ofHex("504b0304");
    private static final int MAX_NAME = 255;

    private final Location location;
    private final ZipFile zip;
    private final Set<String> names = new HashSet<>();
    private long left = TextFile.MAX_TOTAL;

    private TextArchive(Location location, ZipFile zip) {
        this.location = location;
        this.zip = zip;
    }

    /// Whether a file begins as an archive with at least one file.
    static boolean isAt(Image start) {
        return start.startsWith(START);
    }

    /// Reads all files, without directories.
    ///
    /// @param name of the archive, for messages
    /// @throws MalformedImageException when the archive is damaged, or larger than a limit
    static List<TextFile> read(Path path, String name) throws IOException {
        Location location = Location.root(name);
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return new TextArchive(location, zip).files();
        } catch (ZipException | EOFException e) {
            throw new MalformedImageException(location, 0, "damaged ZIP archive: %s", reason(e));
        }
    }

    private List<TextFile> files() throws IOException {
        if (zip.size() > TextFile.MAX_FILES) {
            throw malformed("has %d files, the maximum is %d", zip.size(), TextFile.MAX_FILES);
        }
        List<TextFile> files = new ArrayList<>();
        for (ZipEntry entry : zip.stream().toList()) {
            if (!isSafe(entry.getName())) {
                throw malformed("\"%s\" is not a plain relative path", printable(entry.getName()));
            }
            if (!names.add(entry.getName())) {
                throw malformed("%s is in it twice", entry.getName());
            }
            if (!entry.isDirectory()) {
                files.add(TextFile.of(entry.getName(), contents(entry)));
            }
        }
        return files;
    }

    private Image contents(ZipEntry entry) throws IOException {
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            // One byte more than allowed: the size that an entry states can be false.
            bytes = in.readNBytes((int) left + 1);
        } catch (ZipException | EOFException e) {
            throw malformed("%s is damaged: %s", entry.getName(), reason(e));
        }
        Image contents = Image.of(bytes);
        if (contents.size() > left) {
            throw malformed("all files have more than 0x%x bytes", TextFile.MAX_TOTAL);
        }
        left -= contents.size();
        if (contents.crc32() != entry.getCrc()) {
            throw malformed(
                    "CRC-32 of %s is 0x%08x, expected 0x%08x",
                    entry.getName(), contents.crc32(), entry.getCrc());
        }
        return contents;
    }

    /// Whether a name is a relative path that stays below its directory, on any system.
    static boolean isSafe(String name) {
        boolean plain =
                name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\' || c == ':');
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return plain
                && name.length() <= MAX_NAME
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static String reason(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), "it ends too early");
    }

    private static String printable(String name) {
        return name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("\\p{Cntrl}", "?");
    }

    private MalformedImageException malformed(String pattern, Object... values) {
        return new MalformedImageException(location, 0, pattern, values);
    }
}
