package igdrom.driver;

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

/// igdrom's own UEFI driver, with or without the data of one system in a section of its own.
///
/// @param data the data for one system; without it the driver uses only what the hypervisor offers
public record Driver(PeImage program, Optional<RomData> data) {
    private static final String RESOURCE = "igdrom.efi";
    private static final String SECTION = ".igdrom";

    /// The name of the variable that the driver writes. No other program contains it.
    private static final Image MARK = Image.ofUtf16("IgdromReport");

    /// The driver that was built with this igdrom.
    public static Driver bundled() {
        Image image = Resource.load(Driver.class, RESOURCE);
        return new Driver(
                PeImage.read(image, Location.root(RESOURCE), new Diagnostics()), Optional.empty());
    }

    /// The same program with the data of one system, which a signature over the program covers.
    public Driver with(RomData forSystem) {
        if (data.isPresent()) {
            throw new IllegalStateException("the driver already has data");
        }
        NewSection section = NewSection.readOnly(SECTION, forSystem.image());
        return new Driver(program.withSection(section), Optional.of(forSystem));
    }

    /// How the program was damaged after it was made; usually empty. Signing changes it as well,
    /// and is not damage.
    public Optional<String> damage() {
        long stray = data.isPresent() ? -1 : program.raw().indexOf(RomData.beginning(), 0);
        if (stray >= 0) {
            return Optional.of(
                    String.format("its data at +0x%x is in no section named %s", stray, SECTION));
        }
        long stored = program.optionalHeader().checkSum();
        Image bytes = program.raw().slice(0, program.extent());
        long computed =
                PeImage.read(bytes, Location.root("driver"), new Diagnostics()).computedCheckSum();
        return stored == 0 || stored == computed || program.certificates().isPresent()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "changed since it was made: CheckSum is 0x%x, computed 0x%x",
                                stored, computed));
    }

    /// Recognises a driver made by this igdrom or an older one; empty for any other program.
    ///
    /// @throws MalformedImageException when the driver's data is invalid
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
