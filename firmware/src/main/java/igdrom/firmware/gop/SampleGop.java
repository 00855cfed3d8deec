package igdrom.firmware.gop;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import java.util.List;

/// Makes drivers with the marks of a GOP and nothing else in them, for demonstrations and tests.
/// Their entry point returns EFI_UNSUPPORTED.
public final class SampleGop {
    private static final int NAME_BYTES = 0x92;

    private SampleGop() {}

    /// An X64 driver that says it has this version and drives these devices.
    public static PeImage driver(int major, int minor, int build, List<PciId> deviceIds) {
        Emitter data = new Emitter();
        data.guid(Gop.POLICY_PROTOCOL);
        long name = data.position();
        data.utf16z("Intel(R) GOP Driver").fillTo(name + NAME_BYTES, 0).align(8, 0);
        long buildAt = data.position();
        data.utf16z(Integer.toString(build)).align(16, 0);
        long controller = data.position();
        data.utf16z("Intel(R) Graphics Controller").fillTo(controller + NAME_BYTES, 0).align(8, 0);
        for (PciId id : deviceIds) {
            data.u16(id.device());
        }
        long majorAt = data.align(8, 0).position();
        data.utf16z(Integer.toString(major)).align(8, 0);
        long open = data.position();
        data.utf16z(" [");
        long dot = data.position();
        data.utf16z(".");
        long close = data.position();
        data.utf16z("]");
        long minorAt = data.position();
        data.utf16z(Integer.toString(minor));

        long[] order = {name, open, majorAt, dot, minorAt, dot, buildAt, close};
        Image code = code(order, 0);
        NewSection dataSection = NewSection.data(data.toImage());
        long distance =
                distance(
                        PeImage.of(
                                Machine.X64,
                                Subsystem.BOOT_SERVICE_DRIVER,
                                0,
                                List.of(NewSection.text(code), dataSection)));
        return PeImage.of(
                Machine.X64,
                Subsystem.BOOT_SERVICE_DRIVER,
                0,
                List.of(
                        NewSection.text(code(order, distance)),
                        dataSection,
                        NewSection.noRelocations()));
    }

    /// From the start of the first section to that of the second.
    private static long distance(PeImage image) {
        return image.sections().get(1).virtualAddress() - image.sections().get(0).virtualAddress();
    }

    /// Takes each address in turn as a real driver does when it puts its name together: `lea rdx,
    /// [rip + …]`, at last `mov rax, EFI_UNSUPPORTED` and `ret`.
    private static Image code(long[] addresses, long distance) {
        Emitter code = new Emitter();
        for (long address : addresses) {
            long next = code.position() + 7;
            code.u24(0x15_8d48).u32((distance + address - next) & 0xffff_ffffL);
        }
        return code.u16(0xb848).u64(0x8000_0000_0000_0003L).u8(0xc3).toImage();
    }
}
