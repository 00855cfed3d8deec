package igdrom.formats.vbt;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;

/// Block 2: the child devices.
///
/// Source: Linux, intel_vbt_defs.h, `struct bdb_general_definitions`.
///
/// @param crtDdcPin the GMBUS pin pair of a VGA connector
/// @param bootDisplay the outputs to use at boot, 0 for automatic
/// @param childSize the size of one device
/// @param rest the bytes after the last whole device
public record GeneralDefinitions(
        int crtDdcPin,
        int powerFlags,
        int bootDisplay,
        int childSize,
        List<ChildDevice> devices,
        Image rest) {
    /// The size of the fields before the devices.
    static final int HEADER_SIZE = 5;

    private static final int CHILD_DEVICE_SIZE_OFFSET = 4;

    public GeneralDefinitions {
        devices = List.copyOf(devices);
    }

    static GeneralDefinitions read(
            Image data, int bdbVersion, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(data, location);
        int crtDdcPin = in.u8("CrtDdcGmbusPin");
        int powerFlags = in.u8("DpmsFlags");
        int bootDisplay = in.u16("BootDisplay");
        int childSize = in.u8("ChildDeviceSize");
        int expected = ChildDevice.expectedSize(bdbVersion);
        if (childSize == 0) {
            throw in.malformed(CHILD_DEVICE_SIZE_OFFSET, "ChildDeviceSize is 0");
        }
        if (childSize < expected) {
            diagnostics.odd(
                    location,
                    CHILD_DEVICE_SIZE_OFFSET,
                    "ChildDeviceSize is %d, expected %d for BDB version %d",
                    childSize,
                    expected,
                    bdbVersion);
        }
        List<ChildDevice> devices = new ArrayList<>();
        while (in.remaining() >= childSize) {
            devices.add(new ChildDevice(in.image("ChildDevice", childSize), bdbVersion));
        }
        Image rest = data.from(in.position());
        if (!rest.isEmpty()) {
            diagnostics.odd(
                    location,
                    in.position(),
                    "0x%x bytes after the last child device, whose size is 0x%x",
                    rest.size(),
                    childSize);
        }
        return new GeneralDefinitions(crtDdcPin, powerFlags, bootDisplay, childSize, devices, rest);
    }

    /// The size of one device in a block, which may be invalid. The block must hold the header.
    static int childSize(BdbBlock block) {
        return block.data().u8(CHILD_DEVICE_SIZE_OFFSET);
    }

    /// The devices of a block whose [#childSize] is valid.
    static List<ChildDevice> devices(BdbBlock block, int bdbVersion) {
        int size = childSize(block);
        List<ChildDevice> devices = new ArrayList<>();
        Image data = block.data();
        for (long at = HEADER_SIZE; at + size <= data.size(); at += size) {
            devices.add(new ChildDevice(data.slice(at, size), bdbVersion));
        }
        return devices;
    }

    /// The same with other devices, and nothing after them.
    GeneralDefinitions with(int otherSize, List<ChildDevice> others) {
        return new GeneralDefinitions(
                crtDdcPin, powerFlags, bootDisplay, otherSize, others, Image.EMPTY);
    }

    void write(Emitter out) {
        out.u8(crtDdcPin).u8(powerFlags).u16(bootDisplay).u8(childSize);
        devices.forEach(device -> device.write(out));
        out.image(rest);
    }
}
