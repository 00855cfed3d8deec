package igdrom.host;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.vbt.Vbt;
import java.util.List;
import java.util.function.BiFunction;

/// What the drivers i915 and xe show of the display in `/sys/kernel/debug/dri/*`.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_display_debugfs.c, `i915_opregion`,
/// `i915_vbt`.
record DisplayDebugFiles(HostRoot root) {
    private static final String DIRECTORY = "/sys/kernel/debug/dri";

    /// Larger than any OpRegion or VBT.
    private static final int MAX_SIZE = 256 << 10;

    /// The OpRegion, with a VBT after its 8 KiB where the driver shows one there.
    Fact<Image> opRegion() {
        return checked(
                file("i915_opregion"),
                (image, location) -> OpRegion.read(image, location, new Diagnostics()));
    }

    /// A whole VBT.
    Fact<Image> vbt() {
        return checked(file("i915_vbt"), Vbt::wholeSize);
    }

    /// Makes a fact unknown whose bytes cannot be read as what the file is said to hold.
    ///
    /// @param reader throws [MalformedImageException] for such bytes
    private static Fact<Image> checked(Fact<Image> fact, BiFunction<Image, Location, ?> reader) {
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

    /// The file of the first graphics card that has it.
    private Fact<Image> file(String name) {
        List<String> cards = root.names(DIRECTORY);
        for (String card : cards) {
            String path = DIRECTORY + "/" + card + "/" + name;
            if (root.exists(path)) {
                return root.bytes(path, MAX_SIZE);
            }
        }
        return new Fact.Unknown<>(
                DIRECTORY + "/*/" + name,
                cards.isEmpty()
                        ? "missing or not readable (root can read it while i915 or xe has the"
                                + " device)"
                        : "no driver shows it (i915 and xe do while they have the device)");
    }
}
