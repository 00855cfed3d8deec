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
/// @param behind bytes that follow the program in an image that is not packed
/// @param gop what it is, if it is one
/// @param own igdrom's driver, if it is that
/// @param gopEdit how igdrom's driver remembers the edit of the GOP beside it
record RomProgram(
        Executable executable,
        long behind,
        Optional<Gop> gop,
        Optional<Driver> own,
        Optional<GopEdit> gopEdit) {
    /// @throws MalformedImageException when nothing can be started from it
    static RomProgram read(RomImage image, Location location, Diagnostics diagnostics) {
        Image payload = image.payload();
        long offset = image.header() instanceof RomHeader.Efi efi ? efi.imageHeaderOffset() : 0;
        Location at = location.in("program", offset);
        if (image.compressed()) {
            payload = Codec.decompressEfi(payload, at, RomParts.MAX_SIZE).getFirst().orThrow();
            at = at.decompressed(Codec.EFI_1_1.label());
        }
        Executable executable = Executable.read(payload, at, diagnostics);
        Optional<Driver> own = Driver.read(executable, at);
        return new RomProgram(
                executable,
                payload.size() - executable.extent(),
                Gop.examine(payload, at, diagnostics),
                own,
                gopEdit(own.flatMap(Driver::data), at));
    }

    private static Optional<GopEdit> gopEdit(Optional<RomData> data, Location location) {
        Image edit = data.map(RomData::gopEdit).orElse(Image.EMPTY);
        return edit.isEmpty()
                ? Optional.empty()
                : Optional.of(GopEdit.read(edit, location.in("GopEdit", 0)));
    }

    /// Whether it names the protocol by which a GOP asks for the VBT.
    boolean namesPolicy() {
        return executable.raw().contains(Gop.POLICY_PROTOCOL.image());
    }
}
