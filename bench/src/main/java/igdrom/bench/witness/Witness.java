package igdrom.bench.witness;

import igdrom.bytes.Cursor;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One report of the witness (`witness/witness.c`): what the guest has after its drivers ran. All
/// numbers are little-endian.
///
/// | offset | size | field |
/// | --- | --- | --- |
/// | 00 | 8 | `IGDRWITN` |
/// | 08 | 4 | version: 1 |
/// | 0c | 4 | size of the report, at most 256 KiB |
/// | 10 | | records: kind (4), size of the fields (4), fields; the last is the end: number of dropped
/// records (4), address at which to acknowledge the report (8), CRC-32 of everything before it (4) |
///
/// After each report the witness calls ExitBootServices and sends a second one, with what is left.
///
/// @param functions all PCI functions that the firmware found
/// @param images from the ROMs of PCI functions that are still loaded
/// @param variable the report of igdrom's driver
/// @param goOn address in the guest's memory at which a number other than 0 lets the guest continue
/// @param lost how many records did not fit
/// @param exit what ExitBootServices returned, an EFI status; empty in the report before it
public record Witness(
        Firmware firmware,
        MemoryMap memory,
        List<PciFunction> functions,
        List<Mirror> mirrors,
        List<Graphics> graphics,
        List<StartedImage> images,
        Variable variable,
        List<GopPolicy> policies,
        long goOn,
        long lost,
        Optional<Long> exit) {
    public static final int MAX_SIZE = 256 << 10;

    static final int HEADER_SIZE = 16;
    static final int SIZE_OFFSET = 12;
    static final Image SIGNATURE = Image.ofAscii("IGDRWITN");

    private static final int VERSION = 1;
    private static final int MAX_RECORDS = 4096;

    private static final int FIRMWARE = 1;
    private static final int MEMORY = 2;
    private static final int FUNCTION = 3;
    private static final int GRAPHICS = 4;
    private static final int IMAGE = 5;
    private static final int VARIABLE = 6;
    private static final int POLICY = 7;
    private static final int MIRROR = 8;
    private static final int END = 9;
    private static final int EXIT = 10;

    /// The vendor and revision of the firmware.
    public record Firmware(String vendor, long revision) {}

    /// A function and its config space.
    public record PciFunction(PciAddress location, Image config) {
        public static final int CONFIG_SIZE = 256;

        public int vendor() {
            return config.u16(0);
        }

        public int device() {
            return config.u16(2);
        }
    }

    /// What BAR0 of a display controller shows for two registers of its config space.
    ///
    /// @param status of the read, an EFI status
    public record Mirror(PciAddress location, long status, long ggc, long bdsm) {}

    /// A Graphics Output Protocol.
    ///
    /// @param controller the PCI function above it, if any
    public record Graphics(
            Optional<PciAddress> controller,
            long mode,
            long modes,
            long width,
            long height,
            long pixelFormat,
            long pixelsPerLine,
            long frameBuffer,
            long frameBufferSize) {}

    /// A loaded image.
    ///
    /// @param device from whose ROM it was loaded
    /// @param path the device path, which says where in the ROM it is
    public record StartedImage(
            PciAddress device, long codeType, long base, long size, Image path) {}

    /// The variable `IgdromReport`.
    ///
    /// @param status of the read, an EFI status: 0 when the variable exists
    public record Variable(long status, long attributes, Image value) {}

    /// A PlatformGopPolicy and its answers.
    ///
    /// @param lidStatus an EFI status
    /// @param dockStatus an EFI status: success for a docked machine
    /// @param vbtStatus an EFI status
    public record GopPolicy(
            long revision,
            long lid,
            long lidStatus,
            long dockStatus,
            long vbtStatus,
            long vbt,
            long vbtSize) {}

    public Witness {
        functions = List.copyOf(functions);
        mirrors = List.copyOf(mirrors);
        graphics = List.copyOf(graphics);
        images = List.copyOf(images);
        policies = List.copyOf(policies);
    }

    /// A report before ExitBootServices.
    public Witness(
            Firmware firmware,
            MemoryMap memory,
            List<PciFunction> functions,
            List<Mirror> mirrors,
            List<Graphics> graphics,
            List<StartedImage> images,
            Variable variable,
            List<GopPolicy> policies,
            long goOn,
            long lost) {
        this(
                firmware,
                memory,
                functions,
                mirrors,
                graphics,
                images,
                variable,
                policies,
                goOn,
                lost,
                Optional.empty());
    }

    /// This report as one after ExitBootServices.
    ///
    /// @param status an EFI status
    public Witness withExit(long status) {
        return new Witness(
                firmware,
                memory,
                functions,
                mirrors,
                graphics,
                images,
                variable,
                policies,
                goOn,
                lost,
                Optional.of(status));
    }

    /// Reads one report, of exactly this size.
    ///
    /// @throws MalformedImageException when any part of it is invalid
    public static Witness read(Image image, Location location) {
        return new Reader(image, location).read();
    }

    /// The function at a location.
    public Optional<PciFunction> function(PciAddress location) {
        return functions.stream().filter(f -> f.location.equals(location)).findFirst();
    }

    public Optional<Mirror> mirror(PciAddress location) {
        return mirrors.stream().filter(m -> m.location.equals(location)).findFirst();
    }

    private static final class Reader {
        private final Image image;
        private final Location location;
        private final List<PciFunction> functions = new ArrayList<>();
        private final List<Mirror> mirrors = new ArrayList<>();
        private final List<Graphics> graphics = new ArrayList<>();
        private final List<StartedImage> images = new ArrayList<>();
        private final List<GopPolicy> policies = new ArrayList<>();
        private @Nullable Firmware firmware;
        private @Nullable MemoryMap memory;
        private @Nullable Variable variable;
        private @Nullable Long exit;
        private long goOn;
        private long lost = -1;

        Reader(Image image, Location location) {
            this.image = image;
            this.location = location;
        }

        Witness read() {
            Cursor in = new Cursor(image, location);
            in.expect("Signature", SIGNATURE);
            in.expectU32("Version", VERSION);
            long size = in.u32("Size");
            if (size != image.size() || size > MAX_SIZE) {
                throw in.malformed(
                        SIZE_OFFSET,
                        String.format(
                                "Size is 0x%x, the report has 0x%x bytes", size, image.size()));
            }
            for (int records = 0; lost < 0; records++) {
                if (records == MAX_RECORDS) {
                    throw in.malformed(String.format("more than %d records", MAX_RECORDS));
                }
                record(in);
            }
            if (in.remaining() > 0) {
                throw in.malformed(String.format("0x%x bytes after the end", in.remaining()));
            }
            if (firmware == null || memory == null || variable == null) {
                throw in.malformed("a record is missing that every report has");
            }
            return new Witness(
                    firmware,
                    memory,
                    functions,
                    mirrors,
                    graphics,
                    images,
                    variable,
                    policies,
                    goOn,
                    lost,
                    Optional.ofNullable(exit));
        }

        private void record(Cursor in) {
            long at = in.position();
            long kind = in.u32("Kind");
            int size = in.size("Length", MAX_SIZE);
            if (size > in.remaining()) {
                throw in.malformed(
                        at + 4,
                        String.format("Length is 0x%x, 0x%x are left", size, in.remaining()));
            }
            long start = in.position();
            Image body = in.image("record", size);
            Cursor fields = new Cursor(body, location.in("record " + kind, start));
            if (kind == END) {
                end(fields, start);
            } else {
                fields(kind, at, in, fields);
            }
            if (fields.remaining() > 0) {
                throw in.malformed(
                        start + fields.position(),
                        String.format(
                                "0x%x bytes after the fields of record %d",
                                fields.remaining(), kind));
            }
        }

        private void fields(long kind, long at, Cursor in, Cursor fields) {
            switch ((int) kind) {
                case FIRMWARE -> {
                    once(in, at, firmware);
                    long revision = fields.u32("FirmwareRevision");
                    Image vendor = fields.image("FirmwareVendor", fields.remaining());
                    if (vendor.size() % 2 != 0) {
                        throw in.malformed(at, "FirmwareVendor has an odd size");
                    }
                    firmware = new Firmware(vendor.utf16(), revision);
                }
                case MEMORY -> {
                    once(in, at, memory);
                    memory = MemoryMap.read(fields);
                }
                case VARIABLE -> {
                    once(in, at, variable);
                    variable =
                            new Variable(
                                    fields.u64("Status"),
                                    fields.u32("Attributes"),
                                    fields.image("Value", fields.remaining()));
                }
                case FUNCTION ->
                        functions.add(
                                new PciFunction(
                                        PciAddress.read(fields),
                                        fields.image("Config", PciFunction.CONFIG_SIZE)));
                case MIRROR ->
                        mirrors.add(
                                new Mirror(
                                        PciAddress.read(fields),
                                        fields.u64("Status"),
                                        fields.u32("Ggc"),
                                        fields.u64("Bdsm")));
                case GRAPHICS -> graphics.add(graphics(fields));
                case IMAGE ->
                        images.add(
                                new StartedImage(
                                        PciAddress.read(fields),
                                        fields.u32("ImageCodeType"),
                                        fields.u64("ImageBase"),
                                        fields.u64("ImageSize"),
                                        fields.image("FilePath", fields.remaining())));
                case POLICY ->
                        policies.add(
                                new GopPolicy(
                                        fields.u32("Revision"),
                                        fields.u32("LidStatus"),
                                        fields.u64("lid's status"),
                                        fields.u64("dock's status"),
                                        fields.u64("VBT's status"),
                                        fields.u64("VbtAddress"),
                                        fields.u32("VbtSize")));
                case EXIT -> {
                    once(in, at, exit);
                    exit = fields.u64("Status");
                }
                default -> throw in.malformed(at, String.format("Kind is 0x%x", kind));
            }
        }

        private static Graphics graphics(Cursor fields) {
            return new Graphics(
                    PciAddress.readOptional(fields),
                    fields.u32("Mode"),
                    fields.u32("MaxMode"),
                    fields.u32("HorizontalResolution"),
                    fields.u32("VerticalResolution"),
                    fields.u32("PixelFormat"),
                    fields.u32("PixelsPerScanLine"),
                    fields.u64("FrameBufferBase"),
                    fields.u64("FrameBufferSize"));
        }

        private void end(Cursor fields, long start) {
            long dropped = fields.u32("Lost");
            goOn = fields.u64("GoOn");
            long found = fields.u32("Crc32");
            long computed = image.slice(0, start + 12).crc32();
            if (found != computed) {
                throw fields.malformed(
                        12, String.format("Crc32 is 0x%08x, computed 0x%08x", found, computed));
            }
            lost = dropped;
        }

        private static void once(Cursor in, long at, @Nullable Object already) {
            if (already != null) {
                throw in.malformed(at, "a record occurs twice");
            }
        }
    }
}
