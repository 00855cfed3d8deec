package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.report.bundle.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The ZIP archive of a bug report.
final class BundleArchive {
    /// Of every file: the same contents always make the same archive.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private BundleArchive() {}

    static Image of(Bundle bundle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Bundle.Entry entry : bundle.entries()) {
                ZipEntry header = new ZipEntry(entry.name());
                header.setTimeLocal(TIME);
                zip.putNextEntry(header);
                zip.write(entry.contents().toByteArray());
                zip.closeEntry();
            }
        }
        return Image.of(bytes.toByteArray());
    }
}
