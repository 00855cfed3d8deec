package igdrom.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A `tar` archive restricted to the entry types that Debian packages contain.
///
/// Other types are refused before the library acts on them: sparse files make it produce bytes, and
/// pax headers make it keep text, both without limit.
///
/// Spec: deb(5) and tar(5): ustar with GNU's long names and big sizes.
final class RestrictedTar extends TarArchiveInputStream {
    private static final int TYPE = 156;

    private boolean ended;

    RestrictedTar(InputStream in) {
        super(in, StandardCharsets.ISO_8859_1.name());
    }

    @Override
    protected byte[] readRecord() throws IOException {
        byte[] header = super.readRecord();
        if (ended) {
            return header;
        }
        if (header == null) {
            throw new IOException("truncated: no end-of-archive entry");
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
                    throw new RefusedException("the entry is a device or a pipe");
            default ->
                    throw new RefusedException(
                            "typeflag is 0x"
                                    + Integer.toHexString(header[TYPE] & 0xff)
                                    + ", expected 0-6, L or K");
        }
        return header;
    }

    /// An entry that a package of Debian's does not contain.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String problem) {
            super(problem + " (tar(5))");
        }
    }
}
