package igdrom.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file could not be read or written, in words rather than in names of exceptions.
final class Reasons {
    /// Java makes such a path neither from text nor from an argument.
    static final String NO_NAME =
            "the locale's charset has no such name (LC_ALL=C.UTF-8 has every one)";

    private Reasons() {}

    /// Without the file's name.
    static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is there already and is not a folder";
        }
        if (e instanceof NotDirectoryException) {
            return "is not a folder";
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return String.valueOf(other.getReason());
        }
        return String.valueOf(e.getMessage());
    }

    /// With the name of the file that the exception is about, or of the one at hand.
    static String withFile(IOException e, String atHand) {
        String file = e instanceof FileSystemException other ? other.getFile() : null;
        return (file == null ? atHand : file) + ": " + of(e);
    }
}
