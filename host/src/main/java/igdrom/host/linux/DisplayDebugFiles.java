package igdrom.host.linux;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.vbt.PanelSerials;
import igdrom.formats.vbt.Vbt;
import igdrom.host.Fact;
import java.util.List;
import java.util.function.BiFunction;

/// What the drivers i915 and xe show of the display in `/sys/kernel/debug/dri/*`.
///
/// Source: Linux, drivers/gpu/drm/i915/display/intel_display_debugfs.c, `i915_opregion`,
/// `i915_vbt`.
///
/// @param address of the IGD, since a card in a slot can have the same driver
record DisplayDebugFiles(HostRoot root, String address) {
    static final String OPREGION = "i915_opregion";
    static final String DIRECTORY = "/sys/kernel/debug/dri";

    /// Larger than any OpRegion or VBT.
    private static final int MAX_SIZE = 256 << 10;

    /// The OpRegion, with a VBT after its 8 KiB where the driver shows one there.
    Fact<Image> opRegion() {
        return checked(
                file(OPREGION),
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

    private Fact<Image> file(String name) {
        List<String> cards = root.namesIn(DIRECTORY);
        for (String card : cards) {
            String directory = DIRECTORY + "/" + card + "/";
            if (isIgd(card) && root.exists(directory + name)) {
                return root.bytes(directory + name, MAX_SIZE, PanelSerials::removed);
            }
        }
        return new Fact.Unknown<>(
                DIRECTORY + "/*/" + name,
                cards.isEmpty()
                        ? "missing or not readable (root can read it while i915 or xe has the"
                                + " device)"
                        : "no driver shows it (i915 and xe do while they have the device)");
    }

    /// Directories are named by number, those of newer kernels by address too. The file `name` has
    /// the address in it: `i915 dev=0000:00:02.0 unique=0000:00:02.0`.
    private boolean isIgd(String card) {
        if (card.indexOf(':') >= 0) {
            return card.equals(address);
        }
        return root.text(DIRECTORY + "/" + card + "/name")
                .value()
                .map(text -> text.contains(address))
                .orElse(true);
    }
}
