package igdrom.fetch.testing;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Builds package files, valid and invalid ones.
public final class TestPackage {
    private final Emitter tar = new Emitter();

    public TestPackage directory(String path) {
        return entry('5', path, "", Image.EMPTY, 0755);
    }

    public TestPackage file(String path, String text) {
        return entry('0', path, "", Image.ofAscii(text), 0644);
    }

    public TestPackage program(String path, String text) {
        return entry('0', path, "", Image.ofAscii(text), 0755);
    }

    public TestPackage link(String path, String target) {
        return entry('2', path, target, Image.EMPTY, 0777);
    }

    public TestPackage entry(char type, String path, String target, Image bytes, int mode) {
        if (path.length() > 100) {
            header('L', "././@LongLink", "", path.length() + 1L, 0);
            tar.ascii(path).u8(0).align(512, 0);
        }
        header(type, path.substring(0, Math.min(100, path.length())), target, bytes.size(), mode);
        tar.image(bytes).align(512, 0);
        return this;
    }

    private void header(char type, String path, String target, long size, int mode) {
        Image header =
                new Emitter()
                        .ascii(path)
                        .fillTo(100, 0)
                        .ascii("%07o".formatted(mode))
                        .fillTo(124, 0)
                        .ascii("%011o".formatted(size))
                        .fillTo(148, 0)
                        .fill(' ', 8)
                        .u8(type)
                        .ascii(target)
                        .fillTo(257, 0)
                        .ascii("ustar  ")
                        .fillTo(512, 0)
                        .toImage();
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header.u8(i);
        }
        tar.image(
                new Emitter()
                        .image(header)
                        .patch(148, Image.ofAscii("%06o".formatted(sum)))
                        .patch(154, Image.of(new byte[] {0, ' '}))
                        .toImage());
    }

    public Image tar() {
        return new Emitter().image(tar.toImage()).fill(0, 1024).toImage();
    }

    public Image plain() {
        return deb("data.tar", tar());
    }

    public Image gz() {
        return deb("data.tar.gz", compressed(GZIPOutputStream::new));
    }

    public Image xz() {
        return deb("data.tar.xz", compressed(out -> new XZOutputStream(out, new LZMA2Options(0))));
    }

    public static Image deb(String name, Image data) {
        Emitter ar = new Emitter().ascii("!<arch>\n");
        member(ar, "debian-binary", Image.ofAscii("2.0\n"));
        member(ar, "control.tar", Image.ofAscii("odd"));
        member(ar, name, data);
        return ar.toImage();
    }

    private static void member(Emitter ar, String name, Image data) {
        ar.ascii("%-16s%-12d%-6d%-6d%-8s%-10d`\n".formatted(name, 0, 0, 0, "100644", data.size()));
        ar.image(data).align(2, '\n');
    }

    private Image compressed(Compressor compressor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.open(bytes)) {
            tar().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(bytes.toByteArray());
    }

    private interface Compressor {
        OutputStream open(OutputStream out) throws IOException;
    }
}
