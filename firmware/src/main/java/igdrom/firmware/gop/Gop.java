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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A driver for Intel's integrated graphics, known by its content.
///
/// @param deviceIds as the driver's own table lists them, in its order; empty when that table was
///   not found
/// @param reasons why it is one, and where its parts are
/// @param usesPolicyProtocol it asks PlatformGopPolicy for the VBT
public record Gop(
        Executable executable,
        GopVersion version,
        List<PciId> deviceIds,
        List<Evidence> reasons,
        boolean usesPolicyProtocol) {
    /// Source: EDK2 platforms, Silicon/Intel: gPlatformGopPolicyProtocolGuid.
    public static final Guid POLICY_PROTOCOL = Guid.of("EC2E931B-3281-48A5-8107-DF8A8BED3C5D");

    private static final WideText DRIVER = new WideText("Intel(R) GOP Driver");

    /// The length of the text that every GOP has.
    public static final int MARK_BYTES = DRIVER.bytes();

    private static final WideText CONTROLLER = new WideText(" Graphics Controller");

    /// Observed: the largest GOP of `gops.tsv` has 193,536 bytes. Insyde's updaters are drivers as
    /// large as the flash.
    private static final long MAX_SIZE = 4 << 20;

    private static final Image POLICY_BYTES = POLICY_PROTOCOL.image();

    public Gop {
        deviceIds = List.copyOf(deviceIds);
        reasons = List.copyOf(reasons);
    }

    /// Looks whether an executable is a GOP. Of one that is not, hardly more than one byte in 38 is
    /// looked at, and nothing is allocated.
    ///
    /// Observed: AMI's Setup has "Intel(R) GOP Driver" too, drivers that produce the policy have
    /// the GUID; of 3,126 different executables of public images those with the text and either "
    /// Graphics Controller" or the GUID were the GOPs and nothing else.
    ///
    /// @param image starts with the executable; what follows it does no harm
    /// @param diagnostics told of a GOP that is damaged
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

    /// Like [#examine(Image, Location, Diagnostics)], of an executable that was read already.
    public static Optional<Gop> examine(
            Executable executable, Location location, Diagnostics diagnostics) {
        // An updater may hold a whole GOP in the open.
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
            // What is kept of an image must not keep the whole of it.
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

    /// The first place of the text that every GOP has, at `start` or an even number of bytes behind
    /// it, or -1.
    public static long indexOfMark(Image image, long start) {
        return DRIVER.indexIn(image, start);
    }

    /// Whether the texts are there that every GOP has, and few other programs but those that hold
    /// one.
    public static boolean isMarked(Image image) {
        return DRIVER.indexIn(image, 0) >= 0
                && (CONTROLLER.indexIn(image, 0) >= 0 || image.contains(POLICY_BYTES));
    }

    /// Whether the text belongs to another program inside this one, which then is in the same
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
            reasons.add(
                    new Evidence(table.offset(), "table of " + table.ids().size() + " device ids"));
        }
        if (version.majorAt() >= 0) {
            reasons.add(new Evidence(version.majorAt(), "version " + version.version()));
        }
        return new Gop(executable, version.version(), table.ids(), reasons, policyAt >= 0);
    }

    public Machine arch() {
        return executable.machine();
    }

    /// The driver without what follows it: headers and sections.
    public Image image() {
        return executable.raw();
    }

    /// SHA-256 of [#image] in lower-case hexadecimal: its identity, wherever it was found.
    public String sha256() {
        return image().sha256();
    }

    /// How it learns the id of the LPC bridge. Where its code does not tell which ids it goes on
    /// with, they are those that drivers of its major version are known for.
    public LpcRead lpc() {
        LpcRead read = LpcRead.of(executable);
        Integer major = version.major();
        return read instanceof LpcRead.Site site && site.accepted().isEmpty() && major != null
                ? site.accepting(PchRange.knownTo(major))
                : read;
    }

    /// Which outputs of a VBT it finds.
    public VbtReading reads(Vbt vbt) {
        return VbtReading.of(OutputLoop.find(executable), vbt);
    }

    /// Whether it drives `device`, and why.
    public Support support(PciId device) {
        return Support.of(this, device);
    }
}
