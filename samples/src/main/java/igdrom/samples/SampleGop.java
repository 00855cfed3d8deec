package igdrom.samples;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import java.util.List;

/// Makes drivers with the marks of a GOP and no other content. Their entry point returns
/// EFI_UNSUPPORTED.
public final class SampleGop {
    /// Source: EDK2 platforms, Silicon/Intel: gPlatformGopPolicyProtocolGuid.
    private static final Guid POLICY_PROTOCOL = Guid.of("EC2E931B-3281-48A5-8107-DF8A8BED3C5D");

    private static final int NAME_BYTES = 0x92;

    private SampleGop() {}

    /// An X64 driver with this version that lists these devices.
    ///
    /// @param deviceIds at most 255
    public static PeImage driver(int major, int minor, int build, List<PciId> deviceIds) {
        return driver(major, minor, build, deviceIds, Image.EMPTY);
    }

    /// The same driver with `code` after its own code, such as [SampleLpc] makes.
    public static PeImage driver(
            int major, int minor, int build, List<PciId> deviceIds, Image code) {
        return driver(Integer.toString(major), Integer.toString(minor), build, deviceIds, code);
    }

    /// A driver whose name has four numbers, as that of the first GOPs: `[3.0.13.1013]`.
    public static PeImage early(int major, int minor, int third, int build, List<PciId> deviceIds) {
        return driver(major + "." + minor, Integer.toString(third), build, deviceIds, Image.EMPTY);
    }

    private static PeImage driver(
            String major, String minor, int build, List<PciId> deviceIds, Image moreCode) {
        Emitter data = new Emitter();
        data.guid(POLICY_PROTOCOL);
        long name = data.position();
        data.utf16z("Intel(R) GOP Driver").fillTo(name + NAME_BYTES, 0).align(8, 0);
        long buildAt = data.position();
        data.utf16z(Integer.toString(build)).align(16, 0);
        long controller = data.position();
        data.utf16z("Intel(R) Graphics Controller").fillTo(controller + NAME_BYTES, 0).align(8, 0);
        long table = data.position();
        for (PciId id : deviceIds) {
            data.u16(id.device());
        }
        long majorAt = data.align(8, 0).position();
        data.utf16z(major).align(8, 0);
        long open = data.position();
        data.utf16z(" [");
        long dot = data.position();
        data.utf16z(".");
        long close = data.position();
        data.utf16z("]");
        long minorAt = data.position();
        data.utf16z(minor);

        long[] nameParts = {name, open, majorAt, dot, minorAt, dot, buildAt, close};
        IdTable ids = new IdTable(table, deviceIds.size());
        Image code = join(code(nameParts, ids, 0), moreCode);
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
                        NewSection.text(join(code(nameParts, ids, distance), moreCode)),
                        dataSection,
                        NewSection.noRelocations()));
    }

    /// Code of a loop over the outputs of a VBT.
    ///
    /// @param bytes the size of an output's entry that the code assumes
    public static Image outputs(int bytes) {
        Emitter code = new Emitter().u8(0xcc);
        code.image(Image.ofHex("0fb74c280a")); // movzx ecx, word ptr [rax + rbp + 0xa]
        code.u24(0xc5_8348).u8(bytes); // add rbp, bytes
        code.u24(0x0a_fb83); // cmp ebx, 10
        return code.u16(0x820f).u32(-18 & 0xffff_ffffL).fill(0xcc, 32).toImage(); // jb to the load
    }

    private static Image join(Image first, Image second) {
        return second.isEmpty() ? first : new Emitter().image(first).image(second).toImage();
    }

    /// The distance from the start of the first section to that of the second.
    private static long distance(PeImage image) {
        return image.sections().get(1).virtualAddress() - image.sections().get(0).virtualAddress();
    }

    /// The table of device ids.
    ///
    /// @param offset in the data section
    private record IdTable(long offset, int count) {}

    /// Takes each address in turn, as a real driver does when it assembles its name, searches the
    /// table for the id in dx, and returns EFI_UNSUPPORTED.
    private static Image code(long[] addresses, IdTable table, long distance) {
        Emitter code = new Emitter();
        for (long address : addresses) {
            address(code.u24(0x15_8d48), distance + address); // lea rdx, [rip + …]
        }
        code.u16(0xc931); // xor ecx, ecx
        long again = code.position();
        code.u24(0xc1_b60f); // movzx eax, cl
        address(code.u24(0x05_8d4c), distance + table.offset); // lea r8, [rip + …]
        code.u16(0x4166).u24(0x40_143b); // cmp dx, [r8 + 2 * rax]
        code.u16(0x0774); // je to the end
        code.u16(0xc1fe); // inc cl
        code.u16(0xf980).u8(table.count); // cmp cl, count
        code.u8(0x72).u8((int) (again - code.position() - 1) & 0xff); // jb again
        return code.u16(0xb848).u64(0x8000_0000_0000_0003L).u8(0xc3).toImage();
    }

    private static void address(Emitter code, long target) {
        code.u32((target - code.position() - 4) & 0xffff_ffffL);
    }
}
