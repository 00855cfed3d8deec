package igdrom.rom;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.Driver;
import igdrom.driver.OpRegionRule;
import igdrom.driver.RomData;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.Support;
import igdrom.firmware.gop.VbtReading;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.oprom.PciData;
import igdrom.formats.oprom.RomHeader;
import igdrom.formats.oprom.RomImage;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Executable;
import igdrom.formats.pe.Machine;
import igdrom.formats.vbt.Vbt;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes through a ROM and says what it sees.
final class RomExaminer {
    /// Observed: OVMF does not look at a ROM file of 2048 bytes or less.
    private static final long IGNORED_SIZE = 2048;

    private final Image file;
    private final Location location;
    private final Optional<PciId> device;
    private final Optional<PciId> bridge;
    private final List<Check> checks = new ArrayList<>();
    private final List<RomProgram> drivers = new ArrayList<>();
    private final List<RomProgram> gops = new ArrayList<>();
    private boolean driverBehindGop;

    RomExaminer(Image file, String name, Optional<PciId> device, Optional<PciId> bridge) {
        this.file = file;
        this.location = Location.root(name);
        this.device = device;
        this.bridge = bridge;
    }

    List<Check> examine() {
        Diagnostics diagnostics = new Diagnostics();
        OptionRom rom = RomStructure.read(file, location, diagnostics);
        checks.addAll(RomStructure.checks(rom, location, diagnostics));
        size();
        for (int i = 0; i < rom.images().size(); i++) {
            RomImage image = rom.images().get(i);
            image(image, rom, location.in("image " + (i + 1), image.offset()));
        }
        ids(rom);
        order();
        for (RomProgram driver : drivers) {
            driver(driver);
        }
        gop(rom);
        return checks;
    }

    private void size() {
        String bytes = file.size() + " bytes";
        if (file.size() > RomParts.MAX_SIZE) {
            bad("size", bytes + ", a ROM BAR has 16 MiB at most");
        } else if (file.size() <= IGNORED_SIZE) {
            bad("size", bytes + ", OVMF ignores a ROM of 2048 or less");
        } else {
            good("size", bytes);
        }
    }

    private void image(RomImage image, OptionRom rom, Location at) {
        String subject = "image " + hex(image.offset());
        Optional<String> unreached = StartRules.unreached(image);
        if (!(image.header() instanceof RomHeader.Efi efi)) {
            String words = image.pcir().codeTypeName() + ", " + image.raw().size() + " bytes";
            Optional<String> problem = unreached.or(() -> StartRules.other(image, file));
            add(
                    problem.isPresent() ? Verdict.BAD : Verdict.NOTE,
                    subject,
                    problem.isPresent() ? words + ": " + problem.get() : words);
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
        String words =
                "UEFI, "
                        + (program.own().isPresent() ? "igdrom's driver" : isGop ? "GOP" : "driver")
                        + ", "
                        + machine
                        + (image.compressed() ? ", compressed, " : ", ")
                        + image.raw().size()
                        + " bytes";
        if (!machine.equals(Machine.X64)
                && efi.machine() == machine.code()
                && unreached.isEmpty()
                && isForX64(rom)) {
            note(subject, words + ": OVMF starts X64 programs, and passes it over");
            return;
        }
        (isGop ? gops : drivers).add(program);
        driverBehindGop |= !isGop && !gops.isEmpty();
        Optional<String> problem = unreached.or(() -> notStarted(image, efi, program));
        if (problem.isPresent()) {
            bad(subject, words + ": " + problem.get());
        } else if (!image.compressed() && program.behind() > 0) {
            note(
                    subject,
                    words
                            + String.format(", 0x%x bytes behind the program", program.behind())
                            + ": a signature would not hold");
        } else {
            good(subject, words);
        }
        for (Diagnostic diagnostic : diagnostics.list()) {
            note(subject, diagnostic.toString());
        }
    }

    private static Optional<String> notStarted(
            RomImage image, RomHeader.Efi efi, RomProgram program) {
        Executable executable = program.executable();
        if (!executable.machine().equals(Machine.X64)) {
            return Optional.of("OVMF starts X64 programs");
        }
        if (efi.machine() != executable.machine().code()) {
            return Optional.of("the ROM's header says " + new Machine(efi.machine()));
        }
        if (!StartRules.isDriver(executable.subsystem())) {
            return Optional.of(executable.subsystem() + ", no driver");
        }
        return StartRules.efi(image, efi, program).or(executable::loadProblem);
    }

    /// Whether one of the images is for OVMF.
    private static boolean isForX64(OptionRom rom) {
        for (RomImage image : rom.images()) {
            if (image.header() instanceof RomHeader.Efi efi
                    && efi.machine() == Machine.X64.code()) {
                return true;
            }
        }
        return false;
    }

    private void ids(OptionRom rom) {
        List<String> seen = new ArrayList<>();
        boolean every = true;
        boolean legacyFits = true;
        for (RomImage image : rom.images()) {
            String id = image.pcir().id().toString();
            if (!seen.contains(id)) {
                seen.add(id);
            }
            if (device.isPresent() && !image.ids().contains(device.get())) {
                every = false;
                legacyFits &= image.pcir().codeType() != PciData.X86;
            }
        }
        String words = "for " + String.join(", ", seen);
        if (device.isEmpty() || every) {
            good("ids", words);
        } else if (!legacyFits) {
            bad("ids", words + ", not for " + device.get() + ": SeaBIOS passes it over");
        } else {
            note("ids", words + ", not for " + device.get() + "; OVMF does not mind");
        }
    }

    private void order() {
        if (drivers.isEmpty() && gops.isEmpty()) {
            bad("UEFI", "no image that OVMF can start: legacy only");
        } else if (driverBehindGop) {
            bad("order", "a GOP stands before a driver, and starts before it is set up");
        } else if (!gops.isEmpty() && !drivers.isEmpty()) {
            good("order", "the driver starts before the GOP");
        }
    }

    private void driver(RomProgram program) {
        if (program.own().isEmpty()) {
            note(
                    "driver",
                    program.namesPolicy()
                            ? "not igdrom's, it names PlatformGopPolicy"
                            : "not igdrom's, what it does is not known");
            note("OpRegion", "none embedded that igdrom knows: the hypervisor has to offer it");
            return;
        }
        Driver own = program.own().get();
        Optional<RomData> data = own.data();
        Optional<String> damage = own.damage();
        if (damage.isPresent()) {
            bad("driver", "igdrom's, but " + damage.get());
        } else if (data.isEmpty()) {
            good("driver", "igdrom's, without data: it goes by what the hypervisor offers");
        } else {
            good("driver", "igdrom's, with data for one system");
        }
        if (data.isEmpty()) {
            return;
        }
        checks.addAll(new DataExaminer(data.get(), location.in("OpRegion", 0)).examine());
    }

    private void gop(OptionRom rom) {
        if (gops.isEmpty()) {
            boolean legacy = drivers.isEmpty() && !rom.images().isEmpty();
            note("GOP", legacy ? "none" : "none: no picture before the guest's own driver");
            return;
        }
        for (RomProgram program : gops) {
            Gop gop = program.gop().orElseThrow();
            String words = gop.version() + ", " + gop.deviceIds().size() + " device ids";
            if (device.isEmpty()) {
                good("GOP", words);
            } else {
                Support support = gop.support(device.get());
                boolean unknown = gop.deviceIds().isEmpty();
                add(
                        support.yes() ? Verdict.GOOD : unknown ? Verdict.NOTE : Verdict.BAD,
                        "GOP",
                        support.yes()
                                ? words + ", " + device.get() + " among them"
                                : support.reason());
            }
            policy(gop);
            vbt(gop);
            lpc(program, gop);
        }
    }

    /// Whether the GOP finds the outputs of the VBT that a driver here has for it.
    private void vbt(Gop gop) {
        for (RomProgram driver : drivers) {
            Optional<Vbt> vbt = driver.own().flatMap(Driver::data).flatMap(this::vbt);
            if (vbt.isPresent() && gop.reads(vbt.get()) instanceof VbtReading.Misread misread) {
                add(misread.findsSome() ? Verdict.NOTE : Verdict.BAD, "VBT", "the GOP " + misread);
            }
        }
    }

    /// As the GOP gets it.
    private Optional<Vbt> vbt(RomData data) {
        try {
            Image vbt = OpRegionRule.of(data.opRegion(), location).vbtBytes();
            return vbt == null
                    ? Optional.empty()
                    : Optional.of(Vbt.read(vbt, location, new Diagnostics()));
        } catch (MalformedImageException _) {
            // Said of the OpRegion.
            return Optional.empty();
        }
    }

    /// Beside which LPC bridge the GOP goes on.
    private void lpc(RomProgram program, Gop gop) {
        LpcRead read = gop.lpc();
        if (read instanceof LpcRead.Unclear(String reason)) {
            note("LPC bridge", reason);
        } else if (read instanceof LpcRead.None) {
            good("LPC bridge", "the GOP does not look at it: q35 and pc");
        } else if (read instanceof LpcRead.Site site) {
            if (site.edited().isEmpty()) {
                asks(site);
            } else {
                edited(program, site, site.edited().get());
            }
        }
    }

    private void asks(LpcRead.Site site) {
        if (bridge.isPresent() && !site.accepts(bridge.get()).orElse(true)) {
            bad("LPC bridge", "the GOP does not know the PCH " + bridge.get());
        } else if (site.acceptsAll()) {
            good("LPC bridge", "the GOP asks for it, and goes on beside any: q35 and pc");
        } else {
            note(
                    "LPC bridge",
                    "the GOP asks for the host's: machine pc with x-igd-lpc=on, no picture on q35");
        }
    }

    private void edited(RomProgram program, LpcRead.Site site, PciId given) {
        String words =
                "the GOP is edited at +"
                        + hex(site.offset())
                        + " to take it for "
                        + given
                        + ": q35 and pc";
        if (!site.accepts(given).orElse(true)) {
            bad("LPC bridge", words + ", but it does not know that PCH");
        } else if (bridge.isPresent() && !bridge.get().equals(given)) {
            bad("LPC bridge", words + ", the host has " + bridge.get());
        } else {
            good("LPC bridge", words);
        }
        Image edited = program.executable().raw().slice(0, program.executable().extent());
        if (RomEdits.owners(drivers, edited).isPresent()) {
            good("edit", "the owner's GOP can be restored");
        } else {
            note("edit", "the ROM does not say what the owner's GOP was");
        }
    }

    private void policy(Gop gop) {
        boolean offered = false;
        for (RomProgram driver : drivers) {
            offered |= driver.namesPolicy();
        }
        if (offered) {
            good("policy", "a driver offers the GOP its policy");
        } else if (gop.usesPolicyProtocol()) {
            bad("policy", "the GOP asks for PlatformGopPolicy, and no driver here offers it");
        } else {
            note("policy", "PlatformGopPolicy is not named in the GOP");
        }
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void good(String subject, String words) {
        add(Verdict.GOOD, subject, words);
    }

    private void note(String subject, String words) {
        add(Verdict.NOTE, subject, words);
    }

    private void bad(String subject, String words) {
        add(Verdict.BAD, subject, words);
    }

    private void add(Verdict verdict, String subject, String words) {
        checks.add(new Check(verdict, subject, words));
    }
}
