package igdrom.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may do what with a new file.
///
/// @param owner null for the user who runs igdrom
/// @param group null for the group of the user who runs igdrom
public record FileMode(
        Set<PosixFilePermission> permissions,
        @Nullable UserPrincipal owner,
        @Nullable GroupPrincipal group) {
    public FileMode {
        permissions = Set.copyOf(permissions);
    }

    /// Permissions such as `rw-r--r--`.
    public static FileMode of(String permissions) {
        return new FileMode(PosixFilePermissions.fromString(permissions), null, null);
    }

    /// The mode of an existing file.
    public static FileMode like(Path file) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        return new FileMode(attributes.permissions(), attributes.owner(), attributes.group());
    }

    /// Changes only what differs: some file systems refuse any change.
    void applyTo(Path file) throws IOException {
        FileMode now = like(file);
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (owner != null && !owner.equals(now.owner)) {
            view.setOwner(owner);
        }
        if (group != null && !group.equals(now.group)) {
            view.setGroup(group);
        }
        if (!permissions.equals(now.permissions)) {
            view.setPermissions(permissions);
        }
    }
}
