package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.judge.Verdict;
import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.judge.Verdict.Interruption;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.Support;
import igdrom.firmware.gop.VbtReading;
import igdrom.firmware.lpc.LpcRead;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Vbt;
import igdrom.knowledge.Pch;
import java.util.Optional;

/// The likely cause of a verdict other than a pass.
///
/// @param detail what was observed, for messages; empty for a cause that needs none
public record Diagnosis(Cause cause, String detail) {
    /// Causes, each with a text in the report on the test.
    public enum Cause {
        BUSY,
        TIME_LIMIT,
        DAMAGED,
        QEMU_ENDED,
        STANDS_STILL,
        GOP_WAITS,
        OVERDRAW,
        WOULD_OVERDRAW,
        NOT_STARTED,
        LPC_BRIDGE,
        GOP_DEVICE,
        NO_VBT,
        VBT_LAYOUT,
        MADE_UP_VBT,
        OTHER_VBT,
        VBT_MISSING,
        NO_OPREGION,
        NO_STOLEN,
        OUR_DRIVER,
        OTHER_DRIVER,
        LINUX,
        HOST
    }

    /// The likely cause; empty when the ROM has passed.
    public static Optional<Diagnosis> of(TestMachine machine, Outcome outcome) {
        Verdict verdict = outcome.verdict();
        return switch (verdict.kind()) {
            case PASS -> Optional.empty();
            case UNDECIDED -> Optional.ofNullable(verdict.interruption()).map(Diagnosis::of);
            case DRAWS, FAIL -> Optional.of(new Finder(machine, outcome).find());
        };
    }

    private static Diagnosis of(Interruption interruption) {
        return new Diagnosis(
                interruption.busy() ? Cause.BUSY : Cause.TIME_LIMIT, interruption.text());
    }

    /// Looks for the cause, the most harmful failure first.
    private record Finder(TestMachine machine, Outcome outcome) {
        Diagnosis find() {
            Verdict verdict = outcome.verdict();
            Optional<Check> host =
                    verdict.checks().stream()
                            .filter(check -> !check.ok() && check.id().startsWith("host."))
                            .filter(_ -> outcome.expected().wholeHost())
                            .findFirst();
            if (host.isPresent()) {
                return new Diagnosis(Cause.HOST, host.get().evidence());
            }
            Check damage = verdict.failed("rom.whole");
            if (damage != null) {
                return new Diagnosis(Cause.DAMAGED, damage.evidence());
            }
            Check boot = verdict.failed("boot");
            if (boot != null) {
                return ofBoot(boot.evidence());
            }
            Check overdraw = verdict.failed("gop.stolen");
            if (overdraw != null) {
                return new Diagnosis(Cause.OVERDRAW, beforeComma(overdraw.evidence()));
            }
            if (verdict.failed("driver") != null) {
                return new Diagnosis(Cause.NOT_STARTED, "");
            }
            if (verdict.failed("gop.started") != null || verdict.failed("gop.picture") != null) {
                return ofDarkness();
            }
            return ofSetup(verdict);
        }

        private Diagnosis ofBoot(String evidence) {
            if (evidence.startsWith("QEMU")) {
                return new Diagnosis(Cause.QEMU_ENDED, evidence);
            }
            return new Diagnosis(
                    machine.rom().gop().isPresent() ? Cause.GOP_WAITS : Cause.STANDS_STILL,
                    evidence);
        }

        private Diagnosis ofDarkness() {
            Optional<Gop> gop = machine.rom().gop();
            PciId device = machine.gpus().getFirst().id();
            if (gop.isEmpty()) {
                return new Diagnosis(Cause.OTHER_VBT, "");
            }
            Support support = gop.get().support(device);
            if (!support.supported() && !gop.get().deviceIds().isEmpty()) {
                return new Diagnosis(Cause.GOP_DEVICE, device + ": " + support.reason());
            }
            Optional<PciId> bridge =
                    machine.type() == MachineType.Q35 ? Optional.of(Pch.Q35_BRIDGE) : machine.lpc();
            if (refuses(LpcRead.of(gop.get().executable()), bridge)) {
                return new Diagnosis(
                        Cause.LPC_BRIDGE,
                        bridge.map(PciId::toString).orElse("which this machine does not have"));
            }
            Expectation.OpRegion region = outcome.expected().gpus().getFirst().opRegion();
            if (region == null || region.vbt().isEmpty()) {
                return new Diagnosis(Cause.NO_VBT, "");
            }
            if (outcome.verdict().failed("bdsm") != null) {
                return new Diagnosis(Cause.NO_STOLEN, "");
            }
            Optional<String> misread = misread(gop.get(), machine.rom().vbtForGop(region.vbt()));
            if (misread.isPresent()) {
                return new Diagnosis(Cause.VBT_LAYOUT, misread.get());
            }
            boolean madeUp =
                    outcome.expected().vbtMadeUp()
                            || machine.origin().assumptions().stream()
                                    .anyMatch(text -> text.contains("VBT"));
            return new Diagnosis(madeUp ? Cause.MADE_UP_VBT : Cause.OTHER_VBT, "");
        }

        /// Whether the GOP is known to refuse the bridge.
        private static boolean refuses(LpcRead read, Optional<PciId> bridge) {
            return switch (read) {
                case LpcRead.None(), LpcRead.Unclear _ -> false;
                case LpcRead.Site site ->
                        !site.acceptsAll()
                                && !site.edited()
                                        .or(() -> bridge)
                                        .map(id -> site.accepts(id).orElse(true))
                                        .orElse(false);
            };
        }

        private static Optional<String> misread(Gop gop, Image bytes) {
            try {
                Vbt vbt = Vbt.read(bytes, Location.root("VBT"), new Diagnostics());
                return Optional.of(gop.reads(vbt))
                        .filter(VbtReading.Misread.class::isInstance)
                        .map(VbtReading::toString);
            } catch (MalformedImageException _) {
                return Optional.empty();
            }
        }

        private Diagnosis ofSetup(Verdict verdict) {
            Check bdsm = verdict.failed("bdsm");
            if (bdsm != null && outcome.seen().looks().getLast().gpus().getFirst().bdsm() == 0) {
                boolean policy = !outcome.seen().looks().getLast().witness().policies().isEmpty();
                return policy
                        ? new Diagnosis(
                                Cause.WOULD_OVERDRAW, "draws over the guest's memory at 0x0")
                        : new Diagnosis(Cause.NO_STOLEN, "");
            }
            Check asls = verdict.failed("asls");
            if (asls != null) {
                return new Diagnosis(Cause.NO_OPREGION, "");
            }
            Check made = verdict.failed("rom.vbt");
            if (made != null) {
                return new Diagnosis(Cause.VBT_MISSING, made.evidence());
            }
            Check first =
                    verdict.checks().stream()
                            .filter(check -> !check.ok())
                            .findFirst()
                            .orElseThrow();
            if (first.id().startsWith("linux.")) {
                return new Diagnosis(Cause.LINUX, first.evidence());
            }
            return new Diagnosis(
                    outcome.expected().igdromDriver() ? Cause.OUR_DRIVER : Cause.OTHER_DRIVER,
                    first.id() + ": " + first.evidence());
        }

        private static String beforeComma(String evidence) {
            int comma = evidence.indexOf(',');
            return comma < 0 ? evidence : evidence.substring(0, comma);
        }
    }
}
