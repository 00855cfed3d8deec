package igdrom.cli.commands;

import igdrom.driver.DriverReport.Entry;
import igdrom.driver.DriverReport.Outcome;
import igdrom.driver.DriverReport.PolicyMember;
import igdrom.driver.DriverReport.Step;

/// The steps of the driver in words.
final class ReportWords {
    private static final long GIB4 = 1L << 32;

    private ReportWords() {}

    /// Whether a person should look at it: something failed, or is not as it was meant to be.
    static boolean isBad(Entry entry) {
        Outcome outcome = entry.outcome();
        if (entry.isError()) {
            // Another copy of the driver did it, or there is nothing to do it with.
            return outcome != Outcome.IGNORED;
        }
        return outcome == Outcome.FAILED
                || outcome == Outcome.INVALID
                || outcome == Outcome.DIFFERS;
    }

    static String subject(Entry entry) {
        Step step = entry.step();
        if (step == null) {
            return "step " + entry.stepNumber();
        }
        return switch (step) {
            case DRIVER -> "driver";
            case DEVICE -> "device";
            case GENERATION -> "generation";
            case ROM_DATA -> "data in the ROM";
            case FW_CFG -> "fw_cfg";
            case OPREGION -> "OpRegion";
            case VBT -> "VBT";
            case STOLEN_SIZE -> "size of stolen memory";
            case STOLEN -> "stolen memory";
            case STOLEN_MIRROR -> "base of stolen memory in BAR0";
            case GOP_POLICY -> "policy for the GOP";
            case UNDO -> "stop";
            case POLICY_ASKED -> "question for the policy";
        };
    }

    static String of(Entry entry) {
        Step step = entry.step();
        Outcome outcome = entry.outcome();
        if (step == null || outcome == null) {
            return String.format(
                    "outcome %d, 0x%x, 0x%x (a later igdrom may know)",
                    entry.outcomeNumber(), entry.value(), entry.detail());
        }
        return words(step, outcome, entry) + status(entry);
    }

    private static String words(Step step, Outcome outcome, Entry entry) {
        long value = entry.value();
        long detail = entry.detail();
        String word = outcome.words();
        return switch (step) {
            case DRIVER -> "version " + value + (detail == 1 ? ", from a ROM" : ", loaded by hand");
            case DEVICE -> device(outcome, entry);
            case GENERATION -> outcome == Outcome.UNKNOWN ? "not known" : generation(value, detail);
            case ROM_DATA ->
                    outcome == Outcome.NONE ? "none" : word + String.format(", 0x%x bytes", value);
            case FW_CFG -> outcome == Outcome.NONE ? "none" : detail + " files";
            case OPREGION -> opRegion(outcome, value, detail);
            case VBT -> vbt(outcome, value, detail);
            case STOLEN_SIZE -> stolenSize(outcome, value, detail);
            case STOLEN -> stolen(outcome, value, detail);
            case STOLEN_MIRROR ->
                    outcome == Outcome.DONE
                            ? String.format("0x%x, as written", value)
                            : String.format("%s: 0x%x where 0x%x was written", word, value, detail);
            case GOP_POLICY -> policy(outcome, value, detail);
            case UNDO -> undo(outcome);
            case POLICY_ASKED -> asked(outcome, value, detail);
        };
    }

    private static String device(Outcome outcome, Entry entry) {
        long location = entry.detail();
        return entry.deviceId()
                + String.format(
                        ", class %06x, revision %02x, at %04x:%02x:%02x.%x",
                        entry.value() >>> 40 & 0xff_ffff,
                        entry.value() >>> 32 & 0xff,
                        location >>> 16 & 0xffff,
                        location >>> 8 & 0xff,
                        location >>> 3 & 0x1f,
                        location & 7)
                + (outcome == Outcome.FOUND ? "" : ": not one that it treats");
    }

    /// Up to eight letters, the first in the lowest byte.
    private static String generation(long letters, long version) {
        StringBuilder name = new StringBuilder();
        for (int shift = 0; shift < 64; shift += 8) {
            int letter = (int) (letters >>> shift) & 0xff;
            if (letter == 0) {
                break;
            }
            name.append((char) letter);
        }
        long hundredths = version % 100;
        String rest =
                hundredths == 0 ? "" : "." + (hundredths % 10 == 0 ? hundredths / 10 : hundredths);
        return name + ", graphics " + version / 100 + rest;
    }

    private static String vbt(Outcome outcome, long value, long detail) {
        if (outcome == Outcome.NONE) {
            return "none in the OpRegion";
        }
        // No OpRegion has an offset as high: its RVDA is an address.
        String of = Long.compareUnsigned(value, 1L << 18) < 0 ? " of the OpRegion" : " of memory";
        return String.format("%s at 0x%x", outcome.words(), value)
                + of
                + String.format(", 0x%x bytes", detail);
    }

    private static String opRegion(Outcome outcome, long value, long detail) {
        return switch (outcome) {
            case NONE -> "none: the hypervisor offers none and the ROM has none";
            case STALE ->
                    String.format("the one at 0x%x is left over from before and not used", value);
            case REPAIRED ->
                    value == 0
                            ? "its RVDA led nowhere and was taken out"
                            : String.format("its RVDA is now 0x%x, 0x%x bytes", value, detail);
            case INVALID -> String.format("what was offered is none, 0x%x bytes", detail);
            case WITHOUT_VBT ->
                    value == Outcome.FROM_FW_CFG.number()
                            ? "the hypervisor's has no VBT, others come first"
                            : value == Outcome.FROM_ROM.number()
                                    ? "the ROM's has no VBT, others come first"
                                    : "the preset one has no VBT, others come first";
            case DIFFERS -> String.format("ASLS shows 0x%x where 0x%x was written", value, detail);
            case FAILED -> String.format("no memory for 0x%x bytes", detail);
            default -> String.format("%s, 0x%x bytes at 0x%x", source(outcome), detail, value);
        };
    }

    private static String source(Outcome outcome) {
        return switch (outcome) {
            case FROM_FW_CFG -> "from the hypervisor";
            case FROM_ROM -> "from the ROM";
            case FROM_DEVICE -> "from the device";
            case KEPT -> "preset by the hypervisor and kept";
            case ALLOCATED_THERE -> "kept where it was";
            default -> outcome.words();
        };
    }

    private static String stolenSize(Outcome outcome, long value, long ggc) {
        String register = String.format(" (GGC 0x%04x)", ggc);
        return switch (outcome) {
            case NONE -> "the device says none" + register;
            case INVALID -> String.format("0x%x is too much", value) + register;
            default -> (value >> 20) + " MiB, " + source(outcome) + register;
        };
    }

    private static String stolen(Outcome outcome, long value, long detail) {
        String range = String.format("%d MiB at 0x%x", detail >>> 20, value);
        return switch (outcome) {
            case NOT_NEEDED -> "this generation needs none in a guest";
            case UNKNOWN -> "left alone, the generation is not known";
            case KEPT -> range + ", preset by the hypervisor and kept";
            case ALLOCATED_THERE -> range + ", where it was asked for";
            case SET_ASIDE -> range + ", which the hypervisor keeps free for it";
            case PLACED -> range + ", the highest free place";
            case STALE -> range + " is left over from before and not used";
            case OCCUPIED -> range + " was asked for and is not free";
            case INVALID -> range + " was asked for and cannot be";
            case DIFFERS -> String.format("BDSM shows 0x%x where 0x%x was written", value, detail);
            case FAILED -> String.format("no room for 0x%x bytes below 4 GiB", detail % GIB4);
            default -> outcome.words() + ", " + range;
        };
    }

    private static String policy(Outcome outcome, long value, long detail) {
        return switch (outcome) {
            case DONE ->
                    value == 0
                            ? "offered, without a VBT"
                            : String.format("offered, with a VBT of 0x%x bytes", detail);
            case IGNORED -> "another driver offers it already";
            default -> outcome.words();
        };
    }

    private static String undo(Outcome outcome) {
        return switch (outcome) {
            case DONE -> "the driver was stopped, what it set up is undone";
            case KEPT -> "the driver was stopped, memory stays: the device was gone already";
            case IN_USE -> "refused, another driver works with the device";
            default -> outcome.words();
        };
    }

    private static String asked(Outcome outcome, long value, long detail) {
        String member = PolicyMember.words(detail);
        String answer = outcome == Outcome.DONE ? "answered" : "not answered";
        return String.format("the %s, asked from 0x%x, %s", member, value, answer);
    }

    private static String status(Entry entry) {
        return entry.status() == 0 ? "" : String.format(" (EFI status 0x%x)", entry.status());
    }
}
