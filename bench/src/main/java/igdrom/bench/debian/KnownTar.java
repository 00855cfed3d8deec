package igdrom.bench.debian;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A `tar` archive of the kinds of entries that packages have. Others are refused before the
/// library acts on them: sparse files and pax headers would have it make up bytes and keep text
/// without limit.
///
/// Spec: deb(5) and tar(5): ustar, and of GNU's additions the long names and big sizes.
final class KnownTar extends TarArchiveInputStream {
    private static final int TYPE = 156;

    private boolean ended;

    KnownTar(InputStream in) {
        super(in, StandardCharsets.ISO_8859_1.name());
    }

    @Override
    protected byte[] readRecord() throws IOException {
        byte[] header = super.readRecord();
        if (ended) {
            return header;
        }
        if (header == null) {
            throw new IOException("it ends before its end is marked");
        }
        if (isEOFRecord(header)) {
            ended = true;
            return header;
        }
        switch (header[TYPE]) {
            case TarConstants.LF_OLDNORM,
                    TarConstants.LF_NORMAL,
                    TarConstants.LF_LINK,
                    TarConstants.LF_SYMLINK,
                    TarConstants.LF_DIR,
                    TarConstants.LF_GNUTYPE_LONGLINK,
                    TarConstants.LF_GNUTYPE_LONGNAME -> {}
            case TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO ->
                    throw new RefusedException("it holds a device or a pipe");
            default ->
                    throw new RefusedException(
                            "typeflag is 0x"
                                    + Integer.toHexString(header[TYPE] & 0xff)
                                    + ", not one of 0-6, L, K");
        }
        return header;
    }

    /// An entry that no package of Debian's has.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String problem) {
            super(problem + " (tar(5))");
        }
    }
}
