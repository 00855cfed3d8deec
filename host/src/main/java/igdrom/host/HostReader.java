package igdrom.host;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.VbtPointer;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.PanelSerials;
import igdrom.formats.vbt.Vbt;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Asks a machine.
final class HostReader {
    private static final String DEVICES = "/sys/bus/pci/devices/";
    private static final String DEBUGFS = "/sys/kernel/debug/dri";
    private static final String IOMEM = "/proc/iomem";
    private static final String MEMORY = "/dev/mem";
    private static final int ASLS = 0xfc;

    /// Larger than any OpRegion or VBT.
    private static final int MAX_REGION = 256 << 10;

    private final HostRoot host;

    private HostReader(HostRoot host) {
        this.host = host;
    }

    static Snapshot snapshot(HostRoot host, String measuredBy) {
        HostReader probe = new HostReader(host);
        PciFunction igd = probe.function(probe.igdAddress());
        return new Snapshot(
                measuredBy,
                igd,
                probe.function("0000:00:00.0"),
                probe.function("0000:00:1f.0"),
                probe.opRegion(igd.config()),
                withoutSerials(whole(probe.debugFile("i915_vbt"), Vbt::wholeSize)),
                probe.stolenMemory());
    }

    /// 00:02.0, or where else on the first bus Intel's graphics are.
    private String igdAddress() {
        String usual = "0000:00:02.0";
        if (isIntelDisplay(usual)) {
            return usual;
        }
        for (String address : host.names(DEVICES)) {
            if (address.startsWith("0000:00:") && isIntelDisplay(address)) {
                return address;
            }
        }
        return usual;
    }

    private boolean isIntelDisplay(String address) {
        String folder = DEVICES + address;
        return number(host.text(folder + "/vendor")).value().orElse(0) == PciId.INTEL
                && number(host.text(folder + "/class")).value().orElse(0) >>> 16 == 3
                && !host.exists(folder + "/physfn");
    }

    private PciFunction function(String address) {
        String folder = DEVICES + address;
        return new PciFunction(
                address,
                id(folder, "vendor", "device"),
                number(host.text(folder + "/revision")),
                number(host.text(folder + "/class")),
                id(folder, "subsystem_vendor", "subsystem_device"),
                host.bytes(folder + "/config", PciFunction.CONFIG_SIZE));
    }

    private Fact<PciId> id(String folder, String vendorName, String deviceName) {
        Fact<Integer> vendor = number(host.text(folder + "/" + vendorName));
        Fact<Integer> device = number(host.text(folder + "/" + deviceName));
        if (vendor instanceof Fact.Unknown<Integer>(String source, String reason)) {
            return new Fact.Unknown<>(source, reason);
        }
        return switch (device) {
            case Fact.Known<Integer>(Integer number, String source) ->
                    new Fact.Known<>(
                            new PciId(vendor.value().orElse(0) & 0xffff, number & 0xffff), source);
            case Fact.Unknown<Integer>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
        };
    }

    /// The number that sysfs writes as `0x8086`.
    static Fact<Integer> number(Fact<String> text) {
        return switch (text) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String digits, String source) -> {
                boolean hex = digits.startsWith("0x") && digits.length() <= 9;
                for (int at = 2; hex && at < digits.length(); at++) {
                    hex = HexFormat.isHexDigit(digits.charAt(at));
                }
                yield hex && digits.length() > 2
                        ? new Fact.Known<>(HexFormat.fromHexDigits(digits.substring(2)), source)
                        : new Fact.Unknown<>(source, "not a number: " + digits);
            }
        };
    }

    private Fact<Image> opRegion(Fact<Image> config) {
        Fact<Image> shown = whole(debugFile("i915_opregion"), HostReader::read);
        if (shown instanceof Fact.Known<Image>) {
            return withoutSerials(shown);
        }
        Optional<Image> bytes = config.value();
        if (bytes.isEmpty() || bytes.get().size() < ASLS + 4) {
            return new Fact.Unknown<>(
                    shown.source(), because(shown) + ", and ASLS in config space is not readable");
        }
        long address = bytes.get().u32(ASLS);
        if (address == 0 || address == 0xffff_ffffL) {
            return new Fact.Unknown<>(
                    config.source(), "ASLS is 0x" + Long.toHexString(address) + ": there is none");
        }
        Fact<Image> memory = host.bytesAt(MEMORY, address, OpRegion.SIZE);
        if (memory instanceof Fact.Unknown<Image>(String source, String reason)) {
            return new Fact.Unknown<>(
                    source, reason + "; " + shown.source() + ": " + because(shown));
        }
        return withoutSerials(withVbtBehind(memory, address));
    }

    private static OpRegion read(Image bytes, Location location) {
        return OpRegion.read(bytes, location, new Diagnostics());
    }

    /// Says why it is unknown where the bytes are not what they should be.
    ///
    /// @param reader that refuses those
    private static Fact<Image> whole(Fact<Image> fact, BiFunction<Image, Location, ?> reader) {
        if (!(fact instanceof Fact.Known<Image>(Image image, String source))) {
            return fact;
        }
        try {
            Object _ = reader.apply(image, Location.root(source));
            return fact;
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(source, e.problem());
        }
    }

    /// Adds what RVDA points at, so that the snapshot looks like what the kernel hands to a
    /// hypervisor: the VBT right behind.
    private Fact<Image> withVbtBehind(Fact<Image> memory, long address) {
        Image region = memory.value().orElse(Image.EMPTY);
        Optional<VbtPointer> pointer;
        try {
            pointer = read(region, Location.root("OpRegion")).vbtPointer();
        } catch (MalformedImageException e) {
            return new Fact.Unknown<>(memory.source(), e.problem());
        }
        if (pointer.isEmpty()
                || pointer.get().size() > MAX_REGION
                || (pointer.get().relative() && pointer.get().address() != OpRegion.SIZE)) {
            return memory;
        }
        long start = pointer.get().relative() ? address + OpRegion.SIZE : pointer.get().address();
        if (start < 0 || start > 0xffff_ffffL) {
            return memory;
        }
        Fact<Image> behind = host.bytesAt(MEMORY, start, (int) pointer.get().size());
        return switch (behind) {
            case Fact.Known<Image>(Image vbt, String source) ->
                    new Fact.Known<>(
                            new Emitter().image(region).image(vbt).toImage(),
                            memory.source() + " and " + source);
            case Fact.Unknown<Image> _ -> memory;
        };
    }

    private static Fact<Image> withoutSerials(Fact<Image> fact) {
        return switch (fact) {
            case Fact.Known<Image>(Image image, String source) ->
                    new Fact.Known<>(PanelSerials.removed(image), source);
            case Fact.Unknown<Image> unknown -> unknown;
        };
    }

    /// A file that i915 or xe shows for one of the graphics cards.
    private Fact<Image> debugFile(String name) {
        for (String card : host.names(DEBUGFS)) {
            String path = DEBUGFS + "/" + card + "/" + name;
            if (host.exists(path)) {
                return host.bytes(path, MAX_REGION);
            }
        }
        List<String> cards = host.names(DEBUGFS);
        return new Fact.Unknown<>(
                DEBUGFS + "/*/" + name,
                cards.isEmpty()
                        ? "not there or not readable (root can, while i915 or xe has the device)"
                        : "no driver shows it (i915 and xe do, while they have the device)");
    }

    private static String because(Fact<Image> fact) {
        return fact instanceof Fact.Unknown<Image>(String _, String reason) ? reason : "";
    }

    private Fact<MemoryRange> stolenMemory() {
        return switch (host.text(IOMEM)) {
            case Fact.Unknown<String>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<String>(String text, String source) -> stolenMemory(text, source);
        };
    }

    /// The line `8d800000-8f7fffff : Graphics Stolen Memory`, which has zeros for who is not root.
    static Fact<MemoryRange> stolenMemory(String text, String source) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(" : ");
            if (colon < 0 || !line.endsWith(" : Graphics Stolen Memory")) {
                continue;
            }
            String[] ends = line.substring(0, colon).strip().split("-", -1);
            try {
                long first = HexFormat.fromHexDigitsToLong(ends[0]);
                long last = HexFormat.fromHexDigitsToLong(ends[ends.length - 1]);
                return last > first
                        ? new Fact.Known<>(new MemoryRange(first, last - first + 1), source)
                        : new Fact.Unknown<>(source, "addresses are shown to root only");
            } catch (IllegalArgumentException _) {
                return new Fact.Unknown<>(source, "not a range: " + line.strip());
            }
        }
        return new Fact.Unknown<>(source, "no line \"Graphics Stolen Memory\"");
    }
}
