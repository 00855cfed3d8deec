package igdrom.firmware.gop;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.lpc.LpcRead;
import igdrom.firmware.lpc.PchRange;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.SectionHeader;
import igdrom.formats.pe.Subsystem;
import igdrom.formats.vbt.Vbt;
import igdrom.knowledge.Knowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A driver for Intel's integrated graphics, identified by its content.
///
/// @param deviceIds the driver's own table, in its order, without placeholders; empty when the
///   table was not found
/// @param reasons the content that identifies it, with offsets
/// @param usesPolicyProtocol whether it gets the VBT from PlatformGopPolicy
public record Gop(
        Executable executable,
        GopVersion version,
        List<PciId> deviceIds,
        List<Evidence> reasons,
        boolean usesPolicyProtocol) {
    /// Source: EDK2 platforms, Silicon/Intel: gPlatformGopPolicyProtocolGuid.
    public static final Guid POLICY_PROTOCOL = Guid.of("EC2E931B-3281-48A5-8107-DF8A8BED3C5D");

    private static final WideText DRIVER = new WideText("Intel(R) GOP Driver");

    /// The length in bytes of the text that every GOP has.
    public static final int MARK_BYTES = DRIVER.bytes();

    private static final WideText CONTROLLER = new WideText(" Graphics Controller");

    /// Observed: the largest GOP of `gops.tsv` has 193,536 bytes. Insyde's updaters are drivers
    /// too, and as large as the flash.
    private static final long MAX_SIZE = 4 << 20;

    private static final Image POLICY_BYTES = POLICY_PROTOCOL.image();

    public Gop {
        deviceIds = List.copyOf(deviceIds);
        reasons = List.copyOf(reasons);
    }

    /// Reads an executable as a GOP, if it is one. Rejecting another executable examines about one
    /// byte in 38 and allocates nothing.
    ///
    /// Observed: AMI's Setup contains "Intel(R) GOP Driver" too, and drivers that produce the
    /// policy contain the GUID. Of 3,126 different executables of public images, exactly the GOPs
    /// contain the text and either " Graphics Controller" or the GUID.
    ///
    /// @param image starts with the executable; more bytes may follow
    /// @param diagnostics receives the problems of a damaged GOP
    public static Optional<Gop> examine(Image image, Location location, Diagnostics diagnostics) {
        if (!isMarked(image)) {
            return Optional.empty();
        }
        try {
            return examine(Executable.read(image, location, diagnostics), location, diagnostics);
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
            return Optional.empty();
        }
    }

    /// Like [#examine(Image, Location, Diagnostics)], for an executable that was already read.
    public static Optional<Gop> examine(
            Executable executable, Location location, Diagnostics diagnostics) {
        // An updater may contain a whole uncompressed GOP.
        if (executable.extent() > MAX_SIZE
                || executable.subsystem().equals(Subsystem.APPLICATION)
                || !executable.subsystem().isEfi()) {
            return Optional.empty();
        }
        Image image = executable.raw();
        try {
            Image extent = image.slice(0, executable.extent());
            if (!isMarked(extent) || holdsMarkedProgram(executable)) {
                return Optional.empty();
            }
            // The model must not keep the bytes of the whole firmware image alive.
            boolean alone = image.isWhole() && extent.size() == image.size();
            return Optional.of(
                    read(
                            alone
                                    ? executable
                                    : Executable.read(
                                            extent.detached(), location, new Diagnostics())));
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
            return Optional.empty();
        }
    }

    /// The first offset of the text that every GOP has, at `start` or an even number of bytes after
    /// it; -1 when it does not occur.
    public static long indexOfMark(Image image, long start) {
        return DRIVER.indexIn(image, start);
    }

    /// Whether the texts of a GOP occur. Few other programs contain them, except those that contain
    /// a GOP.
    public static boolean isMarked(Image image) {
        return DRIVER.indexIn(image, 0) >= 0
                && (CONTROLLER.indexIn(image, 0) >= 0 || image.contains(POLICY_BYTES));
    }

    /// Whether the text belongs to another program inside this one. Such a program lies within one
    /// section.
    private static boolean holdsMarkedProgram(Executable executable) {
        Image program = executable.raw();
        long mark = DRIVER.indexIn(program, 0);
        long start = 1;
        for (SectionHeader section : executable.sections()) {
            long at = section.pointerToRawData() - executable.stripped();
            start = at <= mark ? Math.max(start, at) : start;
        }
        for (long at = program.indexOf('M', start);
                at >= 0 && at < mark;
                at = program.indexOf('M', at + 1)) {
            if (Executable.looksLikePe(program, at) && endOfProgram(program, at) > mark) {
                return true;
            }
        }
        return false;
    }

    private static long endOfProgram(Image image, long at) {
        try {
            Location inner = Location.root("program");
            return at + Executable.read(image.from(at), inner, new Diagnostics()).extent();
        } catch (MalformedImageException _) {
            return at;
        }
    }

    private static Gop read(Executable executable) {
        Image image = executable.raw();
        long driverAt = DRIVER.indexIn(image, 0);
        long controllerAt = CONTROLLER.indexIn(image, 0);
        long policyAt = image.indexOf(POLICY_BYTES, 0);
        List<Evidence> reasons = new ArrayList<>();
        reasons.add(new Evidence(driverAt, "text \"Intel(R) GOP Driver\""));
        long namesEnd = driverAt + DRIVER.bytes();
        if (controllerAt >= 0) {
            reasons.add(new Evidence(controllerAt, "text \" Graphics Controller\""));
            namesEnd = Math.max(namesEnd, controllerAt + CONTROLLER.bytes());
        }
        if (policyAt >= 0) {
            reasons.add(new Evidence(policyAt, "GUID of PlatformGopPolicy"));
        }
        VersionReader reader = new VersionReader(image);
        IdLoop loop = new IdLoop(executable);
        References.visit(executable, reader, loop);
        VersionReader.Result version = reader.fromCode();
        IdTable table = loop.table();
        if (table.ids().isEmpty()) {
            table = IdTable.after(image, namesEnd);
        }
        if (!version.version().isComplete()) {
            version = VersionReader.fromConstants(image, driverAt, table.end(), namesEnd + 0x200);
        }
        if (!table.ids().isEmpty()) {
            reasons.add(new Evidence(table.offset(), "table of " + table.ids().size() + " ids"));
        }
        if (version.majorAt() >= 0) {
            reasons.add(new Evidence(version.majorAt(), "version " + version.version()));
        }
        List<PciId> devices =
                table.ids().stream().filter(id -> !Knowledge.isPlaceholder(id)).toList();
        return new Gop(executable, version.version(), devices, reasons, policyAt >= 0);
    }

    public Machine arch() {
        return executable.machine();
    }

    /// The driver's headers and sections, without trailing bytes.
    public Image image() {
        return executable.raw();
    }

    /// SHA-256 of [#image] in lower-case hexadecimal. It identifies the driver.
    public String sha256() {
        return image().sha256();
    }

    /// How it reads the id of the LPC bridge. Where its code does not show which ids it accepts,
    /// they are those that drivers of its major version are known to accept.
    public LpcRead lpc() {
        LpcRead read = LpcRead.of(executable);
        Integer major = version.major();
        return read instanceof LpcRead.Site site && site.accepted().isEmpty() && major != null
                ? site.accepting(PchRange.knownTo(major))
                : read;
    }

    /// Whether it finds the outputs of a VBT.
    public VbtReading reads(Vbt vbt) {
        return VbtReading.of(OutputLoop.find(executable), vbt);
    }

    /// Whether it drives `device`, with the reason.
    public Support support(PciId device) {
        return Support.of(this, device);
    }
}
