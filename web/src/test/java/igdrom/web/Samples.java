package igdrom.web;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.pci.PciId;
import igdrom.samples.SampleGop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/// Files for the page.
final class Samples {
    /// A host of which little is known.
    static final String SNAPSHOT =
            """
            {"schema": 1, "kind": "igdrom-snapshot", "measuredBy": "a test",
             "igd": {"address": "0000:00:02.0",
                     "id": {"value": "8086:46d1", "source": "config"}},
             "lpc": {"address": "0000:00:1f.0",
                     "id": {"value": "8086:5481", "source": "config"}},
             "stolenMemory": {"value": {"base": "0x7c800000", "size": "0x3c00000"},
                              "source": "/proc/iomem"}}
            """;

    private static final long SIZE = 1 << 20;
    private static final Guid FILE = Guid.of("9E21FD93-9C72-4C15-8C4B-E77F1DB2D792");

    /// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION". Source: UEFITool, common/ffs.cpp.
    private static final Guid ZLIB = Guid.of("CE3233F5-2CD6-4D87-9152-4A238BB6D1C4");

    private Samples() {}

    /// A volume with a GOP in a section that zlib compressed.
    static Image zlib() {
        return volume(deflated(pe32(gop())), SIZE);
    }

    /// A section that decompresses to more than the page takes.
    static Image bomb() {
        Image zeros = Image.of(new byte[280 << 20]);
        return volume(deflated(new SectionEmitter().add(SectionType.RAW, zeros).toImage()), SIZE);
    }

    private static Image volume(Image packed, long size) {
        Image section = new SectionEmitter().addGuidDefined(ZLIB, 1, Image.EMPTY, packed).toImage();
        return new VolumeEmitter().add(FILE, FileType.DRIVER, section).toImage(size);
    }

    private static Image pe32(Image program) {
        return new SectionEmitter().add(SectionType.PE32, program).toImage();
    }

    private static Image gop() {
        Emitter driver = new Emitter();
        SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d0), PciId.intel(0x46d1)))
                .write(driver);
        return driver.toImage();
    }

    private static Image deflated(Image image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
            image.writeTo(zlib);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(out.toByteArray());
    }

    static Path write(Path directory, String name, Image image) {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            image.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
