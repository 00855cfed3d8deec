package igdrom.formats.oprom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.pci.PciId;
import java.util.List;

/// Makes images of an expansion ROM with a PCI 3.0 data structure. [OptionRom#of] joins them to a
/// ROM.
///
/// @param id the device
/// @param classCode the class code of the device, for example [#VGA]
/// @param deviceList device ids of further devices of the same vendor
public record RomBuilder(PciId id, int classCode, List<Integer> deviceList) {
    /// The class code of a VGA-compatible controller.
    public static final int VGA = 0x030000;

    /// The data structure starts after the header and two bytes of padding.
    private static final int PCIR_OFFSET = RomHeader.SIZE + 2;

    public RomBuilder {
        deviceList = List.copyOf(deviceList);
    }

    /// Makes the image of a UEFI driver. Fill bytes go before an uncompressed PE image, not after
    /// it: the hash of a signed one covers all bytes that follow its header.
    ///
    /// Source: EDK2, BaseTools/Source/C/EfiRom.
    ///
    /// @param subsystem 11 for a boot service driver
    /// @param machine as in the PE header of the payload
    /// @param compressionType see [RomHeader.Efi]
    public RomImage efi(int subsystem, int machine, int compressionType, Image payload) {
        long pcirEnd = PCIR_OFFSET + PciData.LENGTH_3 + listSize();
        boolean uncompressed = compressionType == RomHeader.Efi.UNCOMPRESSED;
        int units = units(pcirEnd + payload.size());
        long end = units * (long) RomImage.UNIT;
        int payloadOffset = Math.toIntExact(uncompressed ? end - payload.size() : pcirEnd);
        Emitter out = new Emitter();
        new RomHeader.Efi(
                        units,
                        subsystem,
                        machine,
                        compressionType,
                        Image.of(new byte[8]),
                        payloadOffset,
                        PCIR_OFFSET)
                .write(out);
        out.fillTo(PCIR_OFFSET, 0);
        writeData(out, units, PciData.EFI);
        return read(out.fillTo(payloadOffset, 0).image(payload).fillTo(end, 0));
    }

    /// Makes the image of a legacy BIOS, with a valid checksum.
    ///
    /// @param entryPoint three bytes of x86 code, usually a jump
    /// @param code the code after the data structure
    public RomImage legacy(Image entryPoint, Image code) {
        long codeOffset = PCIR_OFFSET + PciData.LENGTH_3 + listSize();
        int units = units(codeOffset + code.size());
        Emitter out = new Emitter();
        new RomHeader.Legacy(units, entryPoint, Image.of(new byte[18]), PCIR_OFFSET).write(out);
        out.fillTo(PCIR_OFFSET, 0);
        writeData(out, units, PciData.X86);
        out.image(code).fillTo(units * (long) RomImage.UNIT, 0);
        int checksum = -out.toImage().sum8() & 0xff;
        return read(out.patch(RomImage.CHECKSUM_OFFSET, new Emitter().u8(checksum).toImage()));
    }

    private void writeData(Emitter out, int units, int codeType) {
        boolean hasList = !deviceList.isEmpty();
        new PciData(
                        id,
                        /* deviceListOffset= */ hasList ? PciData.LENGTH_3 : 0,
                        PciData.LENGTH_3,
                        /* revision= */ 3,
                        classCode,
                        units,
                        /* codeRevision= */ 0,
                        codeType,
                        PciData.LAST,
                        /* maxRuntimeUnits= */ codeType == PciData.X86 ? units : 0,
                        /* rest= */ Image.of(new byte[4]))
                .write(out);
        if (hasList) {
            deviceList.forEach(out::u16);
            out.u16(0);
        }
    }

    private long listSize() {
        return deviceList.isEmpty() ? 0 : 2L * deviceList.size() + 2;
    }

    private static int units(long size) {
        return Math.toIntExact(Math.ceilDiv(size, (long) RomImage.UNIT));
    }

    private static RomImage read(Emitter out) {
        return RomImage.read(out.toImage(), 0, Location.root("built"), new Diagnostics());
    }
}
