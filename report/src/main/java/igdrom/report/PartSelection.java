package igdrom.report;

import igdrom.bytes.Image;
import igdrom.firmware.Archives;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Part;
import igdrom.plan.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Selects the parts of a ROM out of the files that were given for them.
///
/// A file that was given for one part has precedence over the firmware image, which is not read for
/// a part that has such a file.
public final class PartSelection {
    private final PartFiles files;
    private final boolean withGop;

    private PartSelection(PartFiles files, boolean withGop) {
        this.files = files;
        this.withGop = withGop;
    }

    /// Reads the files and selects the parts.
    ///
    /// @param withGop whether the ROM gets a GOP
    /// @throws MissingPartException when a file does not hold the part that it was given for
    public static Parts select(PartFiles files, boolean withGop) {
        return new PartSelection(files, withGop).select();
    }

    private Parts select() {
        ImageFile gop = withGop ? files.gop() : null;
        ImageFile firmware = files.firmware();
        Contents inFirmware = firmware == null ? null : firmwareContents(firmware);
        String gopFile = null;
        List<Part<GopDriver>> gops = List.of();
        if (gop != null) {
            gopFile = gop.name();
            gops = gops(contents(gop, ArtifactFilter.GOPS), gop);
        } else if (firmware != null && inFirmware != null && files.needsFirmwareGop(withGop)) {
            gopFile = firmware.name();
            gops = gops(inFirmware, firmware);
        }
        List<Part<VideoBiosTable>> vbts = givenVbts();
        ImageFile region = files.opRegion();
        Part<Image> opRegion = region == null ? null : new Part<>(region.image(), region.name());
        Contents inVgaBios =
                files.vgaBios() == null
                        ? null
                        : contents(files.vgaBios(), ArtifactFilter.EVERYTHING);
        return new Parts(
                gopFile,
                gops,
                vbts,
                otherVbts(inFirmware, inVgaBios),
                opRegion,
                vgaBioses(inVgaBios));
    }

    /// GOPs alone are faster to find.
    private @Nullable Contents firmwareContents(ImageFile firmware) {
        if (files.needsFirmwareVbt()) {
            return contents(firmware, ArtifactFilter.EVERYTHING);
        }
        return files.needsFirmwareGop(withGop) ? contents(firmware, ArtifactFilter.GOPS) : null;
    }

    private List<Part<VideoBiosTable>> givenVbts() {
        ImageFile vbt = files.vbt();
        if (vbt == null) {
            return List.of();
        }
        List<Part<VideoBiosTable>> vbts = vbts(contents(vbt, ArtifactFilter.EVERYTHING), vbt);
        if (vbts.isEmpty()) {
            throw new MissingPartException(vbt.name() + " contains no VBT");
        }
        return vbts;
    }

    /// The VBTs to choose from when no file was given for one: those of the firmware image, else
    /// those of the VGA BIOS.
    private List<Part<VideoBiosTable>> otherVbts(
            @Nullable Contents inFirmware, @Nullable Contents inVgaBios) {
        ImageFile firmware = files.firmware();
        if (firmware != null
                && inFirmware != null
                && files.needsFirmwareVbt()
                && !inFirmware.vbts().isEmpty()) {
            return vbts(inFirmware, firmware);
        }
        ImageFile vgaBios = files.vgaBios();
        return vgaBios == null || inVgaBios == null ? List.of() : vbts(inVgaBios, vgaBios);
    }

    /// The first VGA BIOS alone: SeaBIOS looks at the first image of a ROM only.
    private List<Part<RomImage>> vgaBioses(@Nullable Contents inVgaBios) {
        ImageFile file = files.vgaBios();
        if (file == null || inVgaBios == null) {
            return List.of();
        }
        if (inVgaBios.vgaBioses().isEmpty()) {
            throw new MissingPartException(
                    file.name() + " contains no legacy VGA BIOS of Intel graphics");
        }
        Artifact.VgaBios first = inVgaBios.vgaBioses().getFirst();
        return List.of(new Part<>(first.image(), from(first, file)));
    }

    private static List<Part<GopDriver>> gops(Contents contents, ImageFile file) {
        List<Part<GopDriver>> gops = new ArrayList<>();
        for (GopDriver gop : contents.gops()) {
            gops.add(new Part<>(gop, from(gop, file)));
        }
        return gops;
    }

    private static List<Part<VideoBiosTable>> vbts(Contents contents, ImageFile file) {
        List<Part<VideoBiosTable>> vbts = new ArrayList<>();
        for (VideoBiosTable vbt : contents.vbts()) {
            vbts.add(new Part<>(vbt, from(vbt, file)));
        }
        return vbts;
    }

    /// The file as the user wrote it, and the file of a firmware volume inside it.
    private static String from(Artifact artifact, ImageFile file) {
        Origin origin = artifact.origin();
        if (origin.fileName().isPresent()) {
            return file.name() + ", file " + origin.fileName().get();
        }
        return origin.file().isPresent()
                ? file.name() + ", file " + origin.file().get()
                : file.name();
    }

    /// @throws MissingPartException when the file is an archive, which nothing is read from
    private static Contents contents(ImageFile file, ArtifactFilter filter) {
        Optional<String> archive = Archives.nameOf(file.image());
        if (archive.isPresent()) {
            throw new MissingPartException(
                    "%s is a %s archive: extract it first, the firmware is a file in it"
                            .formatted(file.name(), archive.get()));
        }
        return FirmwareReader.read(file.image(), Answers.baseName(file.name()), filter);
    }
}
