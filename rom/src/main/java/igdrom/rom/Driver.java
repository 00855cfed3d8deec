package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Resource;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.SectionHeader;
import java.util.Optional;

/// igdrom's own UEFI driver: the program of module `driver`, with or without the data of one system
/// beside it.
///
/// @param data empty when there is none, so that it goes by what the hypervisor offers
public record Driver(PeImage program, Optional<RomData> data) {
    private static final String RESOURCE = "/igdrom/driver/igdrom.efi";
    private static final String SECTION = ".igdrom";

    /// What only this driver has: the name of the variable that it leaves, as it stands in its
    /// data.
    private static final Image MARK = Image.ofUtf16("IgdromReport");

    /// The driver that was built with this igdrom.
    public static Driver bundled() {
        Image image = Resource.load(Driver.class, RESOURCE);
        return new Driver(
                PeImage.read(image, Location.root("igdrom.efi"), new Diagnostics()),
                Optional.empty());
    }

    /// The same program with data for one system, which a signature over the program covers.
    public Driver with(RomData forSystem) {
        if (data.isPresent()) {
            throw new IllegalStateException("there is data already");
        }
        NewSection section = NewSection.readOnly(SECTION, forSystem.image());
        return new Driver(program.withSection(section), Optional.of(forSystem));
    }

    /// What has happened to it since it was made; nothing as a rule. A signature changes it too,
    /// but says so.
    Optional<String> damage() {
        long stray = data.isPresent() ? -1 : program.raw().indexOf(RomData.beginning(), 0);
        if (stray >= 0) {
            return Optional.of(
                    String.format(
                            "it does not find its data at +0x%x: no section %s", stray, SECTION));
        }
        long said = program.optionalHeader().checkSum();
        Image bytes = program.raw().slice(0, program.extent());
        long sum =
                PeImage.read(bytes, Location.root("driver"), new Diagnostics()).computedCheckSum();
        return said == 0 || said == sum || program.certificates().isPresent()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "changed since it was made: CheckSum is 0x%x, its bytes have 0x%x",
                                said, sum));
    }

    /// Reads a driver that [#bundled] and [#with] may have made, now or in an older igdrom; empty
    /// for any other program.
    ///
    /// @throws MalformedImageException when its data is broken
    public static Optional<Driver> read(Executable executable, Location location) {
        if (!(executable instanceof PeImage program)) {
            return Optional.empty();
        }
        for (SectionHeader section : program.sections()) {
            if (section.name().equals(SECTION)) {
                long size = Math.min(section.virtualSize(), section.sizeOfRawData());
                Image bytes = program.data(section).slice(0, size);
                Location at = location.in(SECTION, section.pointerToRawData());
                return Optional.of(new Driver(program, Optional.of(RomData.read(bytes, at))));
            }
        }
        return program.raw().slice(0, program.extent()).contains(MARK)
                ? Optional.of(new Driver(program, Optional.empty()))
                : Optional.empty();
    }
}
