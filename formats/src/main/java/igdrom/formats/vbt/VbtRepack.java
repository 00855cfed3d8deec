package igdrom.formats.vbt;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Resizes the child devices of a VBT, for a driver that has another size built in.
///
/// Newer versions of the BIOS data block only append fields to a child device, so that a shorter
/// one is its beginning, and a longer one has zeros for "not set". A version whose entries are
/// longer than the driver's becomes the highest version with the driver's size. An older version
/// stays, since the other blocks lack the fields of a newer one.
///
/// Source: Linux, intel_vbt_defs.h, `struct child_device_config`.
///
/// Observed: 21.0.1066 and 22.0.1041 compare the version with 199 and 208 only.
public final class VbtRepack {
    private static final int MAX_SIZE = 0xffff;

    private VbtRepack() {}

    /// Resizes the child devices, with all sizes, offsets and the checksum.
    ///
    /// @param image a VBT and any bytes after it
    /// @param entrySize the new size of a child device
    /// @throws MalformedImageException when the bytes are not a whole VBT
    /// @throws VbtEditException when a field that the driver reads would change its meaning
    public static Image resize(Image image, int entrySize, Location location)
            throws VbtEditException {
        Vbt vbt = Vbt.read(image, location, new Diagnostics());
        Vbt.wholeSize(image, location);
        VbtContent content = VbtContent.read(vbt, location, new Diagnostics());
        GeneralDefinitions definitions = content.definitions();
        if (definitions == null) {
            throw new VbtEditException("the VBT has no valid block 2: its outputs are unknown");
        }
        if (definitions.childSize() == entrySize) {
            return image;
        }
        int own = vbt.bdb().version();
        int version = own;
        while (version > 0 && ChildDevice.expectedSize(version) > entrySize) {
            version--;
        }
        if (version == 0 || entrySize < ChildDevice.expectedSize(0)) {
            throw new VbtEditException(
                    "no version of a VBT has entries of " + entrySize + " bytes");
        }
        checkBlocks(vbt.bdb(), version);
        checkOutputs(content, version);

        Vbt resized = resized(vbt, definitions, entrySize, version);
        Emitter out = new Emitter();
        resized.write(out);
        Image written = VbtChecksum.corrected(out.toImage(), resized.header());
        checkWritten(content, written, location);
        return written;
    }

    /// Refuses a result in which a reader finds other child devices: their number follows from the
    /// size of the block, which a malformed VBT contradicts.
    private static void checkWritten(VbtContent before, Image written, Location location)
            throws VbtEditException {
        Vbt vbt = Vbt.read(written, location, new Diagnostics());
        int found = VbtContent.read(vbt, location, new Diagnostics()).devices().size();
        if (found != before.devices().size()) {
            throw new VbtEditException(
                    String.format(
                            "block 2 would have %d child devices, it has %d",
                            found, before.devices().size()));
        }
    }

    /// Refuses a block that the lower version lays out differently.
    private static void checkBlocks(Bdb bdb, int version) throws VbtEditException {
        for (BdbBlock block : bdb.blocks()) {
            Optional<Integer> change = BlockLayouts.change(block.id(), version, bdb.version());
            if (change.isPresent()) {
                throw new VbtEditException(
                        String.format(
                                "block %d (%s) of BDB %d has another layout than in BDB %d: it"
                                        + " changed in BDB %d",
                                block.id(), block.name(), bdb.version(), version, change.get()));
            }
        }
    }

    /// Refuses a handle that means another output in the lower version.
    private static void checkOutputs(VbtContent content, int version) throws VbtEditException {
        for (Output output : content.outputs()) {
            ChildDevice device = output.device();
            String after = new ChildDevice(device.raw(), version).name();
            if (!after.equals(device.name())) {
                throw new VbtEditException(
                        String.format(
                                "%s is %s in BDB %d, but would be %s in BDB %d",
                                output.name(), device.name(), device.bdbVersion(), after, version));
            }
        }
    }

    private static Vbt resized(Vbt vbt, GeneralDefinitions definitions, int entrySize, int version)
            throws VbtEditException {
        Bdb bdb = vbt.bdb();
        List<ChildDevice> devices = new ArrayList<>();
        for (ChildDevice device : definitions.devices()) {
            Image raw = device.raw();
            Image kept = raw.slice(0, Math.min(entrySize, raw.size()));
            Image entry = new Emitter().image(kept).fillTo(entrySize, 0).toImage();
            devices.add(new ChildDevice(entry, version));
        }
        Emitter data = new Emitter();
        // What follows the last entry is no entry, and might become one.
        definitions.with(entrySize, devices).write(data);
        BdbBlock before = bdb.block(BdbBlock.GENERAL_DEFINITIONS).orElseThrow();
        long delta = data.position() - before.data().size();
        checkSize("block 2", data.position());
        checkSize("the BDB", bdb.size() + delta);
        checkSize("the VBT", vbt.header().vbtSize() + delta);

        List<BdbBlock> blocks = new ArrayList<>();
        long at = Bdb.HEADER_SIZE + bdb.headerRest().size();
        for (BdbBlock block : bdb.blocks()) {
            Image raw = block.raw();
            if (block.offset() == before.offset()) {
                int size = Math.toIntExact(data.position());
                raw = new Emitter().u8(block.id()).u16(size).image(data.toImage()).toImage();
            } else if (block.id() == BdbBlock.LFP_DATA_POINTERS) {
                raw = LfpLayout.movedPointers(raw, before.offset(), Math.toIntExact(delta));
            }
            blocks.add(new BdbBlock(block.id(), at, raw));
            at += raw.size();
        }
        VbtHeader header = vbt.header();
        return new Vbt(
                new VbtHeader(
                        header.signature(),
                        header.version(),
                        header.headerSize(),
                        Math.toIntExact(header.vbtSize() + delta),
                        header.checksum(),
                        header.reserved(),
                        header.bdbOffset()),
                vbt.between(),
                new Bdb(
                        bdb.signature(),
                        version,
                        bdb.headerSize(),
                        Math.toIntExact(bdb.size() + delta),
                        bdb.headerRest(),
                        blocks,
                        bdb.tail()),
                vbt.trailing());
    }

    private static void checkSize(String what, long size) throws VbtEditException {
        if (size < 0 || size > MAX_SIZE) {
            throw new VbtEditException(
                    String.format(
                            "%s would have 0x%x bytes, the maximum is 0x%x", what, size, MAX_SIZE));
        }
    }
}
