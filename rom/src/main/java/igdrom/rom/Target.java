package igdrom.rom;

import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.rom.Check.Verdict;
import java.util.List;
import java.util.Optional;

/// The device that a ROM is checked for.
///
/// @param device empty when none was asked about and the ROM names none
/// @param asked whether somebody asked about it
/// @param recorded whether the ROM's data says that it was built for it, not only its headers
record Target(Optional<PciId> device, boolean asked, boolean recorded) {
    private static final String SUBJECT = "device";

    /// The device that was asked about, else the one that igdrom built the ROM for, else the first
    /// known one in the headers, else the first Intel device in them.
    static Target of(Optional<PciId> asked, List<RomProgram> drivers, OptionRom rom) {
        if (asked.isPresent()) {
            return new Target(asked, true, false);
        }
        for (RomProgram driver : drivers) {
            int recorded =
                    data(driver).map(RomData::builtFor).map(RomData.BuiltFor::deviceId).orElse(0);
            if (recorded != 0) {
                return new Target(Optional.of(PciId.intel(recorded)), false, true);
            }
        }
        Optional<PciId> known =
                rom.images().stream()
                        .map(image -> image.pcir().id())
                        .filter(Knowledge::knows)
                        .findFirst();
        return new Target(known.or(() -> intel(rom)), false, false);
    }

    private static Optional<PciId> intel(OptionRom rom) {
        for (RomImage image : rom.images()) {
            if (image.pcir().id().vendor() == PciId.INTEL) {
                return Optional.of(image.pcir().id());
            }
        }
        return Optional.empty();
    }

    private static Optional<RomData> data(RomProgram program) {
        return program.igdromDriver().flatMap(Driver::data);
    }

    /// Checks that it is a device that igdrom knows; empty when there is nothing to say.
    Optional<Check> check(List<RomProgram> drivers, List<RomProgram> gops) {
        if (device.isEmpty()) {
            return Optional.empty();
        }
        PciId id = device.get();
        Optional<Device> known = Knowledge.device(id);
        if (known.isEmpty()) {
            return Optional.of(unknown(id, drivers, gops));
        }
        return asked
                ? Optional.empty()
                : Optional.of(
                        new Check(
                                Verdict.NOTE,
                                SUBJECT,
                                "none was asked about; "
                                        + (recorded
                                                ? "the ROM was built for "
                                                : "the ROM's header names ")
                                        + id
                                        + ", "
                                        + known.get().platform().codename()));
    }

    private Check unknown(PciId id, List<RomProgram> drivers, List<RomProgram> gops) {
        String text = (asked ? "" : "none was asked about; the ROM is for ") + id + ", ";
        if (id.vendor() != PciId.INTEL) {
            return new Check(Verdict.BAD, SUBJECT, text + "not an Intel device");
        }
        for (RomProgram driver : drivers) {
            int treatAs = data(driver).map(RomData::treatAs).orElse(0);
            if (treatAs != 0) {
                return new Check(
                        Verdict.NOTE,
                        SUBJECT,
                        text
                                + "an unknown device that the driver treats as "
                                + PciId.intel(treatAs));
            }
        }
        for (RomProgram gop : gops) {
            if (gop.gop().orElseThrow().deviceIds().contains(id)) {
                return new Check(
                        Verdict.NOTE, SUBJECT, text + "an unknown device that a GOP lists");
            }
        }
        return new Check(Verdict.BAD, SUBJECT, text + "not a known Intel graphics device");
    }
}
