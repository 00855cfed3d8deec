package igdrom.formats.oprom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;
import java.util.List;

/// Makes images of an expansion ROM with a PCI 3.0 data structure. [OptionRom#of] puts several
/// together.
///
/// @param id of the device
/// @param classCode of the device: 0x030000 for a VGA controller
/// @param deviceList further devices of the same vendor, by device id
public record RomBuilder(PciId id, int classCode, List<Integer> deviceList) {
    public static final int VGA = 0x030000;

    public RomBuilder {
        deviceList = List.copyOf(deviceList);
    }

    /// A UEFI driver. A plain PE ends where the image does: a hash of a signed one is over all that
    /// follows its header, so that fill bytes behind it would break the signature.
    ///
    /// Source: EDK2, BaseTools/Source/C/EfiRom, which puts its fill bytes before the PE.
    ///
    /// @param subsystem 11 for a boot service driver
    /// @param machine as in the payload's PE header
    /// @param compressionType of [RomHeader.Efi]
    public RomImage efi(int subsystem, int machine, int compressionType, Image payload) {
        long pcirEnd = RomHeader.SIZE + 2 + PciData.LENGTH_3 + listSize();
        boolean plain = compressionType == RomHeader.Efi.UNCOMPRESSED;
        int units = units(pcirEnd + payload.size());
        long end = units * (long) RomImage.UNIT;
        int payloadOffset = Math.toIntExact(plain ? end - payload.size() : pcirEnd);
        Emitter out = new Emitter();
        new RomHeader.Efi(
                        units,
                        subsystem,
                        machine,
                        compressionType,
                        Image.of(new byte[8]),
                        payloadOffset,
                        RomHeader.SIZE + 2)
                .write(out);
        out.u16(0);
        writeData(out, units, PciData.EFI);
        return read(out.fillTo(payloadOffset, 0).image(payload).fillTo(end, 0));
    }

    /// x86 code that starts with `entryPoint`, its checksum set in the reserved byte at 0x6.
    ///
    /// @param code what follows the data structure
    public RomImage legacy(Image entryPoint, Image code) {
        long codeOffset = RomHeader.SIZE + 2 + PciData.LENGTH_3 + listSize();
        int units = units(codeOffset + code.size());
        Emitter out = new Emitter();
        new RomHeader.Legacy(units, entryPoint, Image.of(new byte[18]), RomHeader.SIZE + 2)
                .write(out);
        out.u16(0);
        writeData(out, units, PciData.X86);
        out.image(code).fillTo(units * (long) RomImage.UNIT, 0);
        int checksum = -out.toImage().sum8() & 0xff;
        return read(out.patch(6, new Emitter().u8(checksum).toImage()));
    }

    private void writeData(Emitter out, int units, int codeType) {
        boolean listed = !deviceList.isEmpty();
        new PciData(
                        id,
                        listed ? PciData.LENGTH_3 : 0,
                        PciData.LENGTH_3,
                        3,
                        classCode,
                        units,
                        0,
                        codeType,
                        0x80,
                        codeType == PciData.X86 ? units : 0,
                        Image.of(new byte[4]))
                .write(out);
        if (listed) {
            deviceList.forEach(out::u16);
            out.u16(0);
        }
    }

    private long listSize() {
        return deviceList.isEmpty() ? 0 : 2L * deviceList.size() + 2;
    }

    private static int units(long size) {
        return Math.toIntExact(roundUp(size, RomImage.UNIT) / RomImage.UNIT);
    }

    private static long roundUp(long value, int to) {
        return (value + to - 1) / to * to;
    }

    private static RomImage read(Emitter out) {
        return RomImage.read(out.toImage(), 0, Location.root("built"), new Diagnostics());
    }
}
