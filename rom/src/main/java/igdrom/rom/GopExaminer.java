package igdrom.rom;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.driver.Driver;
import igdrom.driver.RomData.Target;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.VbtReading;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Vbt;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Checks the GOPs of a ROM: in detail those that are for the device.
final class GopExaminer {
    private final List<RomProgram> drivers;
    private final List<RomProgram> gops;
    private final Optional<PciId> device;
    private final Optional<PciId> bridge;
    private final Location location;
    private final List<Check> checks = new ArrayList<>();

    /// @param drivers the other programs
    /// @param device that the ROM is for, empty when none is known
    /// @param bridge the host's LPC bridge, empty for any
    /// @param location of the ROM
    GopExaminer(
            List<RomProgram> drivers,
            List<RomProgram> gops,
            Optional<PciId> device,
            Optional<PciId> bridge,
            Location location) {
        this.drivers = drivers;
        this.gops = gops;
        this.device = device;
        this.bridge = bridge;
        this.location = location;
    }

    List<Check> examine() {
        for (RomProgram program : checkDevice()) {
            Gop gop = program.gop().orElseThrow();
            String name = name(program);
            checkPolicy(gop, name);
            checkVbtLayout(gop, name);
            checkLpcBridge(program, gop, name);
        }
        return checks;
    }

    /// Checks that one of the GOPs is for the device.
    ///
    /// @return the GOPs that matter
    private List<RomProgram> checkDevice() {
        List<RomProgram> listing = new ArrayList<>();
        List<RomProgram> unreadable = new ArrayList<>();
        for (RomProgram program : gops) {
            Gop gop = program.gop().orElseThrow();
            if (device.isEmpty() || gop.deviceIds().contains(device.get())) {
                listing.add(program);
                String among = device.isEmpty() ? "" : ", " + device.get() + " among them";
                add(
                        Verdict.GOOD,
                        "GOP",
                        title(program) + ", " + count(gop.deviceIds().size()) + among);
            } else if (gop.deviceIds().isEmpty()) {
                unreadable.add(program);
                add(Verdict.NOTE, "GOP", title(program) + " has no readable table of device ids");
            }
        }
        int others = gops.size() - listing.size() - unreadable.size();
        if (listing.isEmpty() && unreadable.isEmpty()) {
            add(Verdict.BAD, "GOP", noneLists());
            return gops;
        }
        if (others > 0) {
            add(
                    Verdict.NOTE,
                    "GOP",
                    others == 1
                            ? "one further GOP is for other devices"
                            : others + " further GOPs are for other devices");
        }
        listing.addAll(unreadable);
        return listing;
    }

    private String noneLists() {
        if (gops.size() == 1) {
            return gops.getFirst().gop().orElseThrow().support(device.orElseThrow()).reason();
        }
        SequencedSet<String> versions = new LinkedHashSet<>();
        for (RomProgram program : gops) {
            versions.add(program.gop().orElseThrow().version().toString());
        }
        return "none of the "
                + gops.size()
                + " GOPs lists "
                + device.orElseThrow()
                + ": "
                + String.join(", ", versions);
    }

    /// The version, with the offset of its image where the ROM has several GOPs.
    private String title(RomProgram program) {
        String version = program.gop().orElseThrow().version().toString();
        return gops.size() == 1 ? version : version + " at " + hex(program.offset());
    }

    /// What sentences about it begin with.
    private String name(RomProgram program) {
        return gops.size() == 1 ? "the GOP" : "GOP " + title(program);
    }

    private void checkPolicy(Gop gop, String name) {
        boolean offered = drivers.stream().anyMatch(RomProgram::usesPolicy);
        if (offered) {
            add(Verdict.GOOD, "policy", "a driver offers " + name + " its policy");
        } else if (gop.usesPolicyProtocol()) {
            add(
                    Verdict.BAD,
                    "policy",
                    name + " needs PlatformGopPolicy, but no driver here offers it");
        } else {
            add(Verdict.NOTE, "policy", name + " does not use PlatformGopPolicy");
        }
    }

    /// Checks that the GOP reads the outputs of the VBT that a driver in this ROM passes to it.
    private void checkVbtLayout(Gop gop, String name) {
        for (RomProgram driver : drivers) {
            Optional<Vbt> vbt =
                    driver.igdromDriver()
                            .flatMap(Driver::data)
                            .flatMap(data -> VbtExaminer.forGop(data, location));
            if (vbt.isPresent() && gop.reads(vbt.get()) instanceof VbtReading.Misread misread) {
                add(misread.findsSome() ? Verdict.NOTE : Verdict.BAD, "VBT", name + " " + misread);
            }
        }
    }

    /// Checks which LPC bridges the GOP accepts.
    private void checkLpcBridge(RomProgram program, Gop gop, String name) {
        LpcRead read = gop.lpc();
        if (read instanceof LpcRead.Unclear(String reason)) {
            add(Verdict.NOTE, "LPC bridge", reason);
        } else if (read instanceof LpcRead.None) {
            add(Verdict.GOOD, "LPC bridge", name + " does not read its id: works " + machines());
        } else if (read instanceof LpcRead.Site site) {
            if (site.edited().isEmpty()) {
                checkUneditedGop(site, name);
            } else {
                checkEditedGop(program, site, site.edited().get(), name);
            }
        }
    }

    /// Where a GOP works that needs no certain LPC bridge: a ROM for bhyve names its machine.
    private String machines() {
        boolean bhyve =
                drivers.stream()
                        .flatMap(program -> program.igdromDriver().stream())
                        .flatMap(driver -> driver.data().stream())
                        .anyMatch(data -> data.builtFor().targets().contains(Target.BHYVE));
        return bhyve ? "in bhyve" : "on q35 and pc";
    }

    private void checkUneditedGop(LpcRead.Site site, String name) {
        if (bridge.isPresent() && !site.accepts(bridge.get()).orElse(true)) {
            add(Verdict.BAD, "LPC bridge", name + " does not support PCH " + bridge.get());
        } else if (site.acceptsAll()) {
            add(Verdict.GOOD, "LPC bridge", name + " accepts any bridge: works " + machines());
        } else {
            add(
                    Verdict.NOTE,
                    "LPC bridge",
                    name
                            + " needs the host's id: machine pc with x-igd-lpc=on; no picture on"
                            + " q35");
        }
    }

    private void checkEditedGop(RomProgram program, LpcRead.Site site, PciId assumed, String name) {
        String message =
                name
                        + " is edited at +"
                        + hex(site.offset())
                        + " to assume "
                        + assumed
                        + ": works "
                        + machines();
        if (!site.accepts(assumed).orElse(true)) {
            add(Verdict.BAD, "LPC bridge", message + ", but does not support that PCH");
        } else if (bridge.isPresent() && !bridge.get().equals(assumed)) {
            boolean sameKind = site.inOneRange(assumed, bridge.get());
            add(
                    sameKind ? Verdict.NOTE : Verdict.BAD,
                    "LPC bridge",
                    message
                            + ", the host has "
                            + bridge.get()
                            + (sameKind ? ", which is the same to the GOP" : ""));
        } else {
            add(Verdict.GOOD, "LPC bridge", message);
        }
        Image edited = program.executable().raw().slice(0, program.executable().extent());
        if (RomEdits.original(drivers, edited).isPresent()) {
            add(Verdict.GOOD, "edit", "the original GOP can be restored");
        } else if (drivers.stream().noneMatch(driver -> driver.gopEdit().isPresent())) {
            add(Verdict.NOTE, "edit", "the ROM has no record of the original GOP");
        } else if (gops.size() > 1) {
            add(Verdict.NOTE, "edit", "the ROM's record of the original is not of " + name);
        } else {
            add(Verdict.BAD, "edit", name + " was changed after igdrom edited it");
        }
    }

    private static String count(int ids) {
        return ids == 1 ? "one device id" : ids + " device ids";
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void add(Verdict verdict, String subject, String message) {
        checks.add(new Check(verdict, subject, message));
    }
}
