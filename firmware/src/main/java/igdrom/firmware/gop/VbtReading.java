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
import java.util.List;

/// Which outputs of a VBT a driver finds that takes another number of bytes for each than the VBT
/// has.
///
/// Observed: 21.0.1066 (39 bytes) with a VBT of BDB 256 (40), 9.0.1107 (39) with one of BDB 209
/// (38): it finds no type of an output where it looks, and then goes round its empty list for ever,
/// reading no register; no hardware could end that. With the same VBTs, their entries brought to 39
/// bytes, both draw.
public sealed interface VbtReading {
    /// All, or nobody can tell.
    record All() implements VbtReading {}

    /// Not those that there are.
    ///
    /// @param ofGop bytes that the driver takes for an output
    /// @param ofVbt bytes that an output of the VBT has
    /// @param some whether it finds one at least, as it does when the first is in use
    record Misread(int ofGop, int ofVbt, int bdbVersion, boolean some) implements VbtReading {
        @Override
        public String toString() {
            return "takes "
                    + ofGop
                    + " bytes for each output of a VBT, and this one (BDB "
                    + bdbVersion
                    + ") has "
                    + ofVbt
                    + (some
                            ? ": it does not find all of them"
                            : ": it finds none, and never comes back");
        }
    }

    /// What a driver finds.
    ///
    /// @param ofGop bytes that it takes for an output, 0 when that is not known
    static VbtReading of(int ofGop, Vbt vbt) {
        // What is wrong with a VBT others say.
        VbtContent content = VbtContent.read(vbt, Location.root("VBT"), new Diagnostics());
        GeneralDefinitions definitions = content.definitions();
        if (ofGop == 0
                || definitions == null
                || definitions.childSize() == ofGop
                || content.outputs().isEmpty()) {
            return new All();
        }
        return new Misread(
                ofGop,
                definitions.childSize(),
                vbt.bdb().version(),
                findsOne(ofGop, definitions, content.outputs()));
    }

    /// Whether a type of one of the outputs is where the driver looks for one: 2 bytes behind the
    /// start of what it takes for an entry.
    private static boolean findsOne(
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
