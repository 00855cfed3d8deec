package igdrom.rom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.RomData;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs all checks of a ROM.
final class RomExaminer {
    /// Observed: OVMF ignores a ROM of 2048 bytes or less.
    private static final long IGNORED_SIZE = 2048;

    private final Image file;
    private final Location location;
    private final Optional<PciId> asked;
    private final Optional<PciId> bridge;
    private final List<Check> checks = new ArrayList<>();
    private final List<RomProgram> drivers = new ArrayList<>();
    private final List<RomProgram> gops = new ArrayList<>();
    private boolean driverAfterGop;

    RomExaminer(Image file, String name, Optional<PciId> device, Optional<PciId> bridge) {
        this.file = file;
        this.location = Location.root(name);
        this.asked = device;
        this.bridge = bridge;
    }

    List<Check> examine() {
        Diagnostics diagnostics = new Diagnostics();
        OptionRom rom = RomStructure.read(file, location, diagnostics);
        checks.addAll(RomStructure.checks(rom, location, diagnostics));
        checkSize();
        for (int i = 0; i < rom.images().size(); i++) {
            RomImage image = rom.images().get(i);
            checkImage(image, rom, location.in("image " + (i + 1), image.offset()));
        }
        Target target = Target.of(asked, drivers, rom);
        target.check(drivers, gops).ifPresent(checks::add);
        checkIds(rom, target.device());
        checkOrder();
        if (!drivers.isEmpty() || !gops.isEmpty()) {
            note("Secure Boot", "may stay on: OVMF for x86 starts ROMs without a signature");
        }
        for (RomProgram driver : drivers) {
            checkDriver(driver, target.device());
        }
        if (gops.isEmpty()) {
            boolean legacy = drivers.isEmpty() && !rom.images().isEmpty();
            note("GOP", legacy ? "none" : "none: no picture until the guest's own driver starts");
        } else {
            checks.addAll(
                    new GopExaminer(drivers, gops, target.device(), bridge, location).examine());
        }
        return checks;
    }

    private void checkSize() {
        String bytes = file.size() + " bytes";
        if (file.size() > RomParts.MAX_SIZE) {
            bad("size", bytes + ", a ROM BAR holds at most 16 MiB");
        } else if (file.size() <= IGNORED_SIZE) {
            bad("size", bytes + ", OVMF ignores ROMs of up to 2048");
        } else {
            good("size", bytes);
        }
    }

    private void checkImage(RomImage image, OptionRom rom, Location at) {
        String subject = "image " + hex(image.offset());
        Optional<String> unreached = StartRules.unreached(image);
        if (!(image.header() instanceof RomHeader.Efi efi)) {
            String message = image.pcir().codeTypeName() + ", " + image.raw().size() + " bytes";
            Optional<String> problem = unreached.or(() -> StartRules.nonEfiProblem(image, file));
            add(
                    problem.isPresent() ? Verdict.BAD : Verdict.NOTE,
                    subject,
                    problem.isPresent() ? message + ": " + problem.get() : message);
            return;
        }
        Diagnostics diagnostics = new Diagnostics();
        RomProgram program;
        try {
            program = RomProgram.read(image, at, diagnostics);
        } catch (MalformedImageException e) {
            bad(subject, "UEFI, " + e.getMessage());
            return;
        }
        boolean isGop = program.gop().isPresent();
        Machine machine = program.executable().machine();
        String message =
                "UEFI, "
                        + (program.igdromDriver().isPresent()
                                ? "igdrom's driver"
                                : isGop ? "GOP" : "driver")
                        + ", "
                        + machine
                        + (image.compressed() ? ", compressed, " : ", ")
                        + image.raw().size()
                        + " bytes";
        if (!machine.equals(Machine.X64)
                && efi.machine() == machine.code()
                && unreached.isEmpty()
                && isForX64(rom)) {
            note(subject, message + ": OVMF starts only X64 programs and skips this one");
            return;
        }
        (isGop ? gops : drivers).add(program);
        driverAfterGop |= !isGop && !gops.isEmpty();
        Optional<String> problem = unreached.or(() -> startProblem(image, efi, program));
        if (problem.isPresent()) {
            bad(subject, message + ": " + problem.get());
        } else if (!image.compressed() && program.trailing() > 0) {
            note(
                    subject,
                    message
                            + String.format(", 0x%x bytes after the program", program.trailing())
                            + ": a signature would be invalid");
        } else {
            good(subject, message);
        }
        for (Diagnostic diagnostic : diagnostics.list()) {
            note(subject, diagnostic.toString());
        }
    }

    private static Optional<String> startProblem(
            RomImage image, RomHeader.Efi efi, RomProgram program) {
        Executable executable = program.executable();
        if (!executable.machine().equals(Machine.X64)) {
            return Optional.of("OVMF starts only X64 programs");
        }
        if (efi.machine() != executable.machine().code()) {
            return Optional.of("the ROM header says " + new Machine(efi.machine()));
        }
        if (!StartRules.isDriver(executable.subsystem())) {
            return Optional.of(executable.subsystem() + ", not a driver");
        }
        return StartRules.efiProblem(image, efi, program).or(executable::loadProblem);
    }

    /// Whether OVMF starts one of the images.
    private static boolean isForX64(OptionRom rom) {
        for (RomImage image : rom.images()) {
            if (image.header() instanceof RomHeader.Efi efi
                    && efi.machine() == Machine.X64.code()) {
                return true;
            }
        }
        return false;
    }

    private void checkIds(OptionRom rom, Optional<PciId> device) {
        List<String> seen = new ArrayList<>();
        boolean allFit = true;
        boolean legacyFits = true;
        boolean isIntel = false;
        for (RomImage image : rom.images()) {
            isIntel |= image.pcir().id().vendor() == PciId.INTEL;
            String id = image.pcir().id().toString();
            if (!seen.contains(id)) {
                seen.add(id);
            }
            if (device.isPresent() && !image.ids().contains(device.get())) {
                allFit = false;
                legacyFits &= image.pcir().codeType() != PciData.X86;
            }
        }
        String message = "for " + String.join(", ", seen);
        boolean isIgd = !gops.isEmpty() || hasIgdromDriver();
        if (!isIntel && (device.isEmpty() || !isIgd)) {
            bad("ids", message + ", not for an Intel device");
        } else if (device.isEmpty() || allFit) {
            good("ids", message);
        } else if (!legacyFits) {
            bad("ids", message + ", not for " + device.get() + ": SeaBIOS skips it");
        } else {
            note("ids", message + ", not for " + device.get() + "; OVMF ignores the mismatch");
        }
    }

    private void checkOrder() {
        if (drivers.isEmpty() && gops.isEmpty()) {
            bad("UEFI", "no image that OVMF can start: legacy only");
        } else if (driverAfterGop) {
            note(
                    "order",
                    "a GOP precedes a driver: OVMF starts all programs before it connects any");
        } else if (!gops.isEmpty() && !drivers.isEmpty()) {
            good("order", "the driver starts before the GOP");
        }
    }

    private boolean hasIgdromDriver() {
        return drivers.stream().anyMatch(driver -> driver.igdromDriver().isPresent());
    }

    private void checkDriver(RomProgram program, Optional<PciId> device) {
        if (program.igdromDriver().isEmpty()) {
            note(
                    "driver",
                    program.usesPolicy()
                            ? "not igdrom's, uses PlatformGopPolicy"
                            : "not igdrom's, its function is unknown");
            note("OpRegion", "none embedded that igdrom can read: the hypervisor must offer one");
            return;
        }
        Driver own = program.igdromDriver().get();
        Optional<RomData> data = own.data();
        Optional<String> damage = own.damage();
        if (damage.isPresent()) {
            bad("driver", "igdrom's, but " + damage.get());
        } else if (data.isEmpty()) {
            good("driver", "igdrom's, without data: it uses what the hypervisor offers");
        } else {
            good("driver", "igdrom's, with data for one system");
        }
        if (data.isEmpty()) {
            return;
        }
        checks.addAll(new DataExaminer(data.get(), location.in("OpRegion", 0)).examine());
        checks.addAll(new VbtExaminer(data.get(), device, gops, location).examine());
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void good(String subject, String message) {
        add(Verdict.GOOD, subject, message);
    }

    private void note(String subject, String message) {
        add(Verdict.NOTE, subject, message);
    }

    private void bad(String subject, String message) {
        add(Verdict.BAD, subject, message);
    }

    private void add(Verdict verdict, String subject, String message) {
        checks.add(new Check(verdict, subject, message));
    }
}
