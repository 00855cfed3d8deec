package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.formats.compress.Codec;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pe.Executable;
import java.util.Optional;

/// The program that a UEFI image of a ROM carries.
///
/// @param offset of its image in the ROM
/// @param trailing how many bytes follow the program in its image
/// @param gop empty when the program is not a GOP
/// @param igdromDriver empty when the program is not igdrom's driver
/// @param gopEdit the record of the edit of the GOP beside the driver
record RomProgram(
        long offset,
        Executable executable,
        long trailing,
        Optional<Gop> gop,
        Optional<Driver> igdromDriver,
        Optional<GopEdit> gopEdit) {
    /// @throws MalformedImageException when the image holds no program that can be started
    static RomProgram read(RomImage image, Location location, Diagnostics diagnostics) {
        Image payload = image.payload();
        long offset = image.header() instanceof RomHeader.Efi efi ? efi.imageHeaderOffset() : 0;
        Location at = location.in("program", offset);
        if (image.compressed()) {
            payload = Codec.decompressEfi(payload, at, RomParts.MAX_SIZE).getFirst().orThrow();
            at = at.decompressed(Codec.EFI_1_1.label());
        }
        Executable executable = Executable.read(payload, at, diagnostics);
        Optional<Driver> igdromDriver = Driver.read(executable, at);
        return new RomProgram(
                image.offset(),
                executable,
                payload.size() - executable.extent(),
                Gop.examine(payload, at, diagnostics),
                igdromDriver,
                gopEdit(igdromDriver.flatMap(Driver::data), at));
    }

    private static Optional<GopEdit> gopEdit(Optional<RomData> data, Location location) {
        Image edit = data.map(RomData::gopEdit).orElse(Image.EMPTY);
        return edit.isEmpty()
                ? Optional.empty()
                : Optional.of(GopEdit.read(edit, location.in("GopEdit", 0)));
    }

    /// Whether it contains the GUID of the protocol through which a GOP gets the VBT.
    boolean usesPolicy() {
        return executable.raw().contains(Gop.POLICY_PROTOCOL.image());
    }
}
