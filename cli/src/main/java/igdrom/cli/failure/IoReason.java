package igdrom.cli.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file could not be read or written, in words instead of the names of exceptions.
public final class IoReason {
    /// The JDK decodes file names in the locale's charset, and cannot make a path of one that the
    /// charset does not contain.
    public static final String UNENCODABLE_NAME =
            "the locale's charset cannot encode this name (set LC_ALL=C.UTF-8)";

    private IoReason() {}

    /// The reason without the name of the file.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "exists and is not a directory";
            case NotDirectoryException _ -> "not a directory";
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    /// The reason after the name of the file that the exception names, else after `subject`.
    public static String withFile(IOException e, String subject) {
        String file = e instanceof FileSystemException other ? other.getFile() : null;
        return (file == null ? subject : file) + ": " + of(e);
    }
}
