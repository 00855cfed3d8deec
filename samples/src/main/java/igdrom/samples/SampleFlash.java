package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.oprom.RomBuilder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.Timing;
import igdrom.formats.vbt.VbtBuilder;
import java.util.List;

/// Makes a flash image laid out as that of a PC: the BIOS region holds a volume with an
/// LZMA-compressed volume inside, and that one a [SampleGop], a VBT and a VGA BIOS.
public final class SampleFlash {
    private static final long SIZE = 1 << 20;
    private static final int BDB_VERSION = 250;
    private static final int EFI_COMPRESSION = 1;
    private static final int PROCESSING_REQUIRED = 1;

    /// Spec: PI 1.9 volume 3, "EFI_GUID_DEFINED_SECTION". Source: EDK2 MdeModulePkg,
    /// LzmaDecompress.h: gLzmaCustomDecompressGuid.
    private static final Guid LZMA = Guid.of("EE4E5898-3914-4259-9D6E-DC7BD79403CF");

    private static final Guid VOLUME_FILE = Guid.of("9E21FD93-9C72-4C15-8C4B-E77F1DB2D792");

    /// Made-up names: no firmware has files with these GUIDs.
    private static final Guid GOP_FILE = Guid.of("1D0B4D4E-8A3C-4E0B-9C0E-160D60700001");

    private static final Guid VBT_FILE = Guid.of("1D0B4D4E-8A3C-4E0B-9C0E-160D60700002");
    private static final Guid VGA_BIOS_FILE = Guid.of("1D0B4D4E-8A3C-4E0B-9C0E-160D60700003");

    private SampleFlash() {}

    /// The image, 1 MiB large. The GOP is 21.0.1066 and lists 8086:46d0, 46d1 and 46d2.
    public static Image make() {
        Image inner =
                new VolumeEmitter()
                        .add(GOP_FILE, FileType.DRIVER, gop())
                        .add(VBT_FILE, FileType.FREEFORM, compressed(raw(vbt())))
                        .add(VGA_BIOS_FILE, FileType.FREEFORM, raw(vgaBios()))
                        .toImage(SIZE);
        Image sections =
                new SectionEmitter().add(SectionType.FIRMWARE_VOLUME_IMAGE, inner).toImage();
        Image lzma =
                new SectionEmitter()
                        .addGuidDefined(
                                LZMA,
                                PROCESSING_REQUIRED,
                                Image.EMPTY,
                                Codec.LZMA.compress(sections))
                        .toImage();
        Image volume =
                new VolumeEmitter()
                        .add(VOLUME_FILE, FileType.FIRMWARE_VOLUME_IMAGE, lzma)
                        .toImage(SIZE - FlashDescriptor.SIZE);
        Emitter flash = new Emitter();
        FlashDescriptor.withBios(FlashDescriptor.SIZE, SIZE).write(flash);
        return flash.image(volume).toImage();
    }

    private static Image gop() {
        List<PciId> devices =
                List.of(PciId.intel(0x46d0), PciId.intel(0x46d1), PciId.intel(0x46d2));
        Emitter driver = new Emitter();
        SampleGop.driver(21, 0, 1066, devices).write(driver);
        return new SectionEmitter()
                .add(SectionType.PE32, driver.toImage())
                .addName("SampleGop")
                .toImage();
    }

    private static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("ALDERLAKE-P", BDB_VERSION)
                .device(0x0008, DeviceType.EDP, DvoPort.DP_A, 0, 0x40)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .panel(new Timing(148_500, 1920, 280, 88, 44, 1080, 45, 4, 5), "Demo panel")
                .build()
                .write(out);
        return out.toImage();
    }

    private static Image vgaBios() {
        Image returns = Image.ofHex("cb0000");
        return new RomBuilder(PciId.intel(0x46d0), RomBuilder.VGA, List.of())
                .legacy(returns, Image.EMPTY)
                .raw();
    }

    private static Image compressed(Image sections) {
        return new SectionEmitter()
                .addCompression(EFI_COMPRESSION, sections.size(), Codec.EFI_1_1.compress(sections))
                .toImage();
    }

    private static Image raw(Image body) {
        return new SectionEmitter().add(SectionType.RAW, body).toImage();
    }
}
