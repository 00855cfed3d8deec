package igdrom.firmware.gop;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.vbt.ChildDevice;
import igdrom.formats.vbt.GeneralDefinitions;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtContent;
import igdrom.formats.vbt.VbtDefect;
import java.util.List;
import java.util.Optional;

/// Whether a driver finds the outputs of a VBT. It does not when the size it assumes for an
/// output's entry differs from the VBT's.
///
/// Observed: 21.0.1066 (39 bytes) with a VBT of BDB 256 (40), 9.0.1107 (39) with one of BDB 209
/// (38): the driver finds no output's type where it expects one, and then loops over its empty list
/// forever without reading a register, so that hardware cannot end the loop. With the same VBTs,
/// their entries resized to 39 bytes, both draw.
public sealed interface VbtReading {
    /// It finds all outputs, or the size it assumes is unknown.
    record All() implements VbtReading {}

    /// It misses outputs.
    ///
    /// @param assumedSize the size in bytes that the driver assumes for an output's entry
    /// @param actualSize the size of the VBT's entries
    /// @param findsSome whether it finds at least one, as it does when the first entry is in use
    record Misread(int assumedSize, int actualSize, int bdbVersion, boolean findsSome)
            implements VbtReading {
        @Override
        public String toString() {
            return "expects "
                    + assumedSize
                    + " bytes per output of a VBT, but this one (BDB "
                    + bdbVersion
                    + ") has "
                    + actualSize
                    + (findsSome
                            ? ": it does not find all of them"
                            : ": it finds none and loops forever");
        }
    }

    /// No driver finds outputs in it.
    record Unusable(VbtDefect defect) implements VbtReading {
        @Override
        public String toString() {
            return "can read no outputs from the VBT: " + defect.text();
        }
    }

    /// Compares a driver's size of entries with a VBT's.
    ///
    /// @param assumedSize the driver's, 0 when it is unknown
    static VbtReading of(int assumedSize, Vbt vbt) {
        Optional<VbtDefect> defect = VbtDefect.of(vbt);
        if (defect.isPresent()) {
            return new Unusable(defect.get());
        }
        // The VBT's own problems are reported where it is read.
        VbtContent content = VbtContent.read(vbt, Location.root("VBT"), new Diagnostics());
        GeneralDefinitions definitions = content.definitions();
        if (assumedSize == 0 || definitions == null || definitions.childSize() == assumedSize) {
            return new All();
        }
        return new Misread(
                assumedSize,
                definitions.childSize(),
                vbt.bdb().version(),
                findsSome(assumedSize, definitions, content.outputs()));
    }

    /// Whether an output's type is where the driver expects one: 2 bytes after the start of an
    /// assumed entry.
    private static boolean findsSome(
            int size, GeneralDefinitions definitions, List<Output> outputs) {
        Emitter entries = new Emitter();
        for (ChildDevice device : definitions.devices()) {
            entries.image(device.raw());
        }
        Image table = entries.image(definitions.rest()).toImage();
        for (long at = 2; at <= table.size() - 2; at += size) {
            for (Output output : outputs) {
                if (output.device().type().bits() == table.u16(at)) {
                    return true;
                }
            }
        }
        return false;
    }
}
