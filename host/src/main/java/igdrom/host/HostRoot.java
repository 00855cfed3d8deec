package igdrom.host;

import igdrom.bytes.Image;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file system that facts are read from: `/`, or a directory with a copy of the files.
public record HostRoot(Path root) {
    /// Larger than any text file that is read.
    private static final int MAX_SIZE = 1 << 20;

    /// The first bytes of a file.
    ///
    /// @param path absolute, as on the machine itself
    Fact<Image> bytes(String path, int maxSize) {
        try (InputStream in = Files.newInputStream(at(path))) {
            byte[] bytes = in.readNBytes(maxSize);
            return bytes.length == 0
                    ? new Fact.Unknown<>(path, "empty")
                    : new Fact.Known<>(Image.of(bytes), path);
        } catch (IOException e) {
            return new Fact.Unknown<>(path, reason(e));
        }
    }

    Fact<String> text(String path) {
        return switch (bytes(path, MAX_SIZE)) {
            case Fact.Known<Image>(Image image, String source) ->
                    new Fact.Known<>(image.latin1().strip(), source);
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
        };
    }

    /// Bytes in the middle of a file, such as `/dev/mem`.
    Fact<Image> bytesAt(String path, long offset, int size) {
        String source = path + " at 0x" + Long.toHexString(offset);
        try (RandomAccessFile file = new RandomAccessFile(at(path).toFile(), "r")) {
            byte[] bytes = new byte[size];
            file.seek(offset);
            file.readFully(bytes);
            return new Fact.Known<>(Image.of(bytes), source);
        } catch (EOFException _) {
            return new Fact.Unknown<>(source, "the file ends before that");
        } catch (FileNotFoundException _) {
            return new Fact.Unknown<>(source, exists(path) ? "permission denied" : "no such file");
        } catch (IOException e) {
            return new Fact.Unknown<>(source, reason(e));
        }
    }

    /// The names in a directory, sorted; empty when it cannot be read.
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(path))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (IOException _) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }
}
