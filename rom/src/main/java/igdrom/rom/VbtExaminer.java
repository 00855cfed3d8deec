package igdrom.rom;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.OpRegionRule;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Vbt;
import igdrom.formats.vbt.VbtDefect;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.VbtFamily;
import igdrom.knowledge.VbtTrial;
import igdrom.rom.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks the VBT that the driver in a ROM gives to the guest.
final class VbtExaminer {
    private static final String SUBJECT = "VBT";

    private final RomData data;
    private final Optional<PciId> device;
    private final List<RomProgram> gops;
    private final Location location;
    private final List<Check> checks = new ArrayList<>();

    VbtExaminer(RomData data, Optional<PciId> device, List<RomProgram> gops, Location location) {
        this.data = data;
        this.device = device;
        this.gops = gops;
        this.location = location;
    }

    List<Check> examine() {
        Optional<Vbt> vbt = ofOpRegion(data, location);
        if (vbt.isPresent()) {
            checkFamily(vbt.get().header().platform());
            checkOutputs(vbt.get());
        }
        return checks;
    }

    /// The VBT that the driver passes to a GOP.
    static Optional<Vbt> forGop(RomData data, Location location) {
        Image own = data.policy().vbt();
        return own.isEmpty() ? ofOpRegion(data, location) : read(own, location);
    }

    private static Optional<Vbt> ofOpRegion(RomData data, Location location) {
        try {
            Image vbt = OpRegionRule.of(data.opRegion(), location).vbtBytes();
            return vbt == null ? Optional.empty() : read(vbt, location);
        } catch (MalformedImageException _) {
            // Reported by DataExaminer.
            return Optional.empty();
        }
    }

    private static Optional<Vbt> read(Image vbt, Location location) {
        try {
            return Optional.of(Vbt.read(vbt, location, new Diagnostics()));
        } catch (MalformedImageException _) {
            return Optional.empty();
        }
    }

    private void checkFamily(String platform) {
        Optional<Device> known = device.flatMap(this::known);
        Optional<VbtFamily> family = Knowledge.vbtFamily(platform);
        if (known.isEmpty() || family.isEmpty() || family.get().includes(known.get())) {
            return;
        }
        RomData.BuiltFor built = data.builtFor();
        boolean ofHost =
                built.origin() == RomData.OpRegionOrigin.HOST
                        && PciId.intel(built.deviceId()).equals(device.get());
        add(
                ofHost ? Verdict.NOTE : Verdict.BAD,
                "for "
                        + platform
                        + " ("
                        + family.get().graphics()
                        + "), the device is "
                        + known.get().platform().codename()
                        + (ofHost ? "; it is from the machine that the ROM was built on" : ""));
    }

    private Optional<Device> known(PciId id) {
        return Knowledge.device(data.treatAs() == 0 ? id : PciId.intel(data.treatAs()));
    }

    private void checkOutputs(Vbt vbt) {
        Optional<VbtDefect> defect = VbtDefect.of(vbt);
        if (defect.isPresent()) {
            add(
                    gops.isEmpty() || allGiveUp(defect.get()) ? Verdict.NOTE : Verdict.BAD,
                    "no outputs can be read from it: " + defect.get().text());
            return;
        }
        Optional<String> truncated = vbt.bdb().truncatedBlock();
        if (truncated.isPresent()) {
            add(Verdict.NOTE, truncated.get() + "; data of panels is lost");
        }
    }

    private boolean allGiveUp(VbtDefect defect) {
        for (RomProgram program : gops) {
            String version = program.gop().orElseThrow().version().toString();
            Optional<VbtTrial> trial = Knowledge.vbtTrial(version, defect.kind().id());
            if (trial.isEmpty() || trial.get().outcome() != VbtTrial.Outcome.GIVES_UP) {
                return false;
            }
        }
        return true;
    }

    private void add(Verdict verdict, String message) {
        checks.add(new Check(verdict, SUBJECT, message));
    }
}
