package igdrom.report;

import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Contents;
import igdrom.firmware.FileKind;
import igdrom.firmware.gop.Gop;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.plan.RequestField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer to what a user asks of an image: has it a GOP for this device, or, without a device,
/// for which platforms.
///
/// @param device null when none was asked for
/// @param yes whether there is such a GOP
/// @param statement what was found, or why the answer is no, as a clause without a full stop
/// @param remedies what to try when the answer is no, each as a clause
public record ImageAnswer(
        @Nullable PciId device, boolean yes, String statement, List<String> remedies) {
    private static final String NO_GOP = " has a VBT but no GOP that igdrom recognises";

    /// Observed: the vendors' images for Panther Lake contain the files IntelGopVbt and
    /// IntelGopPreMemVbt, and no GOP in a form that a guest's firmware could start.
    private static final String NO_PANTHER_LAKE_GOP =
            " has a VBT but no GOP, like all images for Panther Lake that igdrom has seen";

    public ImageAnswer {
        remedies = List.copyOf(remedies);
    }

    /// The answer for an image; empty for a VBT or an OpRegion of which no device was asked.
    public static Optional<ImageAnswer> of(ImageReport report, Wording wording) {
        FileKind kind = report.contents().kind();
        boolean table = kind == FileKind.VBT || kind == FileKind.OPREGION;
        return table && report.device() == null
                ? Optional.empty()
                : Optional.of(new Question(report, wording).answer());
    }

    /// The platforms of devices, in the order of the devices. GOPs list some ids that belong to no
    /// known platform.
    public static Set<String> platforms(List<PciId> devices) {
        Set<String> platforms = new LinkedHashSet<>();
        for (PciId device : devices) {
            Knowledge.platformOf(device).map(Platform::family).ifPresent(platforms::add);
        }
        return platforms;
    }

    private record Question(ImageReport report, Wording wording) {
        ImageAnswer answer() {
            List<GopDriver> gops = report.gops();
            PciId device = report.device();
            if (gops.isEmpty()) {
                return withoutGop();
            }
            if (device == null) {
                return all(gops);
            }
            for (GopDriver found : gops) {
                if (found.gop().support(device).supported()) {
                    return yes(found.gop(), device);
                }
            }
            return gops.size() == 1 ? notThis(gops.getFirst().gop(), device) : noneOf(gops, device);
        }

        private ImageAnswer yes(Gop gop, PciId device) {
            return new ImageAnswer(
                    device,
                    true,
                    subject()
                            + (isGop() ? " is a GOP for " : " has a GOP for ")
                            + named(device)
                            + ": "
                            + version(gop),
                    List.of());
        }

        private ImageAnswer all(List<GopDriver> gops) {
            List<String> each = new ArrayList<>();
            for (GopDriver found : gops) {
                Gop gop = found.gop();
                String platforms = String.join(", ", platforms(gop.deviceIds()));
                each.add(
                        version(gop)
                                + (platforms.isEmpty()
                                        ? " for devices that igdrom does not know"
                                        : " for " + platforms));
            }
            String count =
                    isGop() ? " is a GOP" : gops.size() == 1 ? " has a GOP" : gops(gops.size());
            return new ImageAnswer(
                    null, true, subject() + count + ": " + String.join("; ", each), List.of());
        }

        private static String gops(int count) {
            return " has " + count + " GOPs";
        }

        private ImageAnswer notThis(Gop gop, PciId device) {
            Set<String> platforms = platforms(gop.deviceIds());
            Platform platform = Knowledge.platformOf(device).orElse(null);
            String its = isGop() ? "this GOP " : "its GOP ";
            if (platform == null) {
                return no(its + gop.support(device).reason(), checkId());
            }
            if (platforms.isEmpty() || platforms.contains(platform.family())) {
                return no(its + gop.support(device).reason(), "a newer BIOS of the board");
            }
            return no(
                    its
                            + version(gop)
                            + " is for "
                            + String.join(", ", platforms)
                            + ", not for "
                            + named(device),
                    boardWith(device));
        }

        private ImageAnswer noneOf(List<GopDriver> gops, PciId device) {
            Set<String> platforms = new LinkedHashSet<>();
            for (GopDriver found : gops) {
                platforms.addAll(platforms(found.gop().deviceIds()));
            }
            Platform platform = Knowledge.platformOf(device).orElse(null);
            String statement =
                    "none of its "
                            + gops.size()
                            + " GOPs lists "
                            + named(device)
                            + "; they are for "
                            + String.join(", ", platforms);
            if (platform == null) {
                return no(statement, checkId());
            }
            return no(
                    statement,
                    platforms.contains(platform.family())
                            ? "a newer BIOS of the board"
                            : boardWith(device));
        }

        private ImageAnswer withoutGop() {
            Contents contents = report.contents();
            return switch (contents.kind()) {
                case ARCHIVE ->
                        no(
                                "this file is an archive",
                                "to extract it, then to inspect the files in it");
                case VBT -> no("this file is only a VBT", biosOfBoard());
                case OPREGION -> no("this file is only an OpRegion", biosOfBoard());
                case PROGRAM -> no("this EFI program is not a GOP", biosOfBoard());
                case UNKNOWN ->
                        no(
                                "this file is in no format that igdrom reads",
                                biosOfBoard() + " or a dump of its flash");
                case CAPSULE, FLASH, VOLUME, OPTION_ROM, UPDATE, COREBOOT, IMAGE ->
                        withoutGop(contents);
            };
        }

        private ImageAnswer withoutGop(Contents contents) {
            if (contents.isFlashDescriptorAlone()) {
                return no(
                        "this file is only the descriptor of a flash",
                        biosOfBoard() + " or a dump of the whole flash");
            }
            if (report.hasUnreadParts()) {
                return no(
                        subject()
                                + " is damaged, and the parts that igdrom can read have no Intel"
                                + " GOP",
                        "to download or dump it again");
            }
            boolean rom = contents.kind() == FileKind.OPTION_ROM;
            String other = rom ? biosOfBoard() : "another version of the BIOS";
            PciId device = report.device();
            Optional<PciId> foreign = foreignVgaBios(contents);
            if (device != null && foreign.isPresent()) {
                return no(
                        subject()
                                + " has no Intel GOP, and its VGA BIOS is for "
                                + foreign.get()
                                + ", not for "
                                + named(device),
                        boardWith(device));
            }
            if (!contents.vgaBioses().isEmpty()) {
                return no(
                        subject() + " has no Intel GOP, only a legacy VGA BIOS",
                        other,
                        "a guest with SeaBIOS and the VGA BIOS in its ROM ("
                                + wording.vgaBios()
                                + ")");
            }
            if (!contents.vbts().isEmpty()) {
                return no(
                        subject() + (isPantherLake(contents) ? NO_PANTHER_LAKE_GOP : NO_GOP),
                        "a ROM without a GOP ("
                                + wording.field(RequestField.WITHOUT_GOP)
                                + "): the guest has a picture once its own driver starts");
            }
            return no(
                    subject() + " has no Intel GOP",
                    other,
                    "the BIOS of another board with this GPU");
        }

        /// The first id of the VGA BIOSes, when all of them are for other platforms than the
        /// device.
        private Optional<PciId> foreignVgaBios(Contents contents) {
            Optional<String> family = family(report.device());
            List<PciId> ids =
                    contents.vgaBioses().stream()
                            .flatMap(found -> found.image().ids().stream())
                            .toList();
            boolean own = ids.stream().anyMatch(id -> family(id).equals(family));
            return family.isEmpty() || own ? Optional.empty() : ids.stream().findFirst();
        }

        private static Optional<String> family(@Nullable PciId device) {
            return device == null
                    ? Optional.empty()
                    : Knowledge.platformOf(device).map(Platform::family);
        }

        private static boolean isPantherLake(Contents contents) {
            return contents.vbts().stream()
                    .anyMatch(found -> found.vbt().header().platform().startsWith("PANTHERLAKE"));
        }

        private ImageAnswer no(String statement, String... remedies) {
            return new ImageAnswer(report.device(), false, statement, List.of(remedies));
        }

        private boolean isGop() {
            return report.contents().kind() == FileKind.PROGRAM;
        }

        private String subject() {
            return switch (report.contents().kind()) {
                case CAPSULE, FLASH, VOLUME, UPDATE, COREBOOT, IMAGE -> "this BIOS";
                case OPTION_ROM -> "this ROM";
                case PROGRAM -> "this EFI program";
                case VBT, OPREGION, ARCHIVE, UNKNOWN -> "this file";
            };
        }

        private static String named(PciId device) {
            return Knowledge.platformOf(device)
                    .map(platform -> device + " (" + platform.family() + ")")
                    .orElse(device.toString());
        }

        private static String version(Gop gop) {
            return gop.arch().equals(Machine.X64)
                    ? gop.version().toString()
                    : gop.version() + " (" + gop.arch() + ", which an X64 guest cannot start)";
        }

        private static String biosOfBoard() {
            return "the BIOS of the board";
        }

        private static String boardWith(PciId device) {
            return "the BIOS of a board with " + device;
        }

        private static String checkId() {
            return "the id that lspci -nn -s 02.0 shows";
        }
    }
}
