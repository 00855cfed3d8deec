package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.files.Inputs;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.Option;
import igdrom.cli.options.Options;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Artifact;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Part;
import igdrom.plan.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the files that `igdrom build` was given.
final class BuildParts {
    private final Arguments arguments;
    private final boolean withGop;
    private @Nullable String gopFile;
    private List<Part<GopDriver>> gops = List.of();
    private List<Part<VideoBiosTable>> vbts = List.of();
    private List<Part<VideoBiosTable>> firmwareVbts = List.of();
    private @Nullable Part<Image> opRegion;
    private List<Part<RomImage>> vgaBioses = List.of();
    private String unneeded = "";

    private BuildParts(Arguments arguments, boolean withGop) {
        this.arguments = arguments;
        this.withGop = withGop;
    }

    /// @param withGop whether a GOP is wanted
    static BuildParts of(Arguments arguments, boolean withGop) {
        return new BuildParts(arguments, withGop);
    }

    /// A file that was named although nothing in it is needed, or an empty text.
    String unneeded() {
        return unneeded;
    }

    Parts read() {
        String gop = text(Options.GOP);
        String vbt = text(Options.VBT);
        String region = text(Options.OPREGION);
        String vgaBios = text(Options.VGA_BIOS);
        String firmware = text(Options.FIRMWARE);
        if (withGop && !gop.isEmpty()) {
            gopFile = gop;
            gops = gops(contents(gop, ArtifactFilter.GOPS), gop);
        } else if (!gop.isEmpty()) {
            Inputs.checkReadable(Path.of(gop));
        }
        if (!vbt.isEmpty()) {
            vbts = vbts(contents(vbt, ArtifactFilter.EVERYTHING), vbt);
            if (vbts.isEmpty()) {
                throw new Failure(ExitCode.NO, vbt + " holds no VBT");
            }
        }
        if (!region.isEmpty()) {
            opRegion = new Part<>(Inputs.load(Path.of(region)), region);
        }
        if (!vgaBios.isEmpty()) {
            vgaBios(vgaBios);
        }
        if (!firmware.isEmpty()) {
            firmware(firmware, gop.isEmpty(), vbt.isEmpty() && region.isEmpty());
        }
        return new Parts(gopFile, gops, vbts, firmwareVbts, opRegion, vgaBioses);
    }

    private String text(Option<Path> option) {
        return arguments.get(option).map(Path::toString).orElse("");
    }

    private void firmware(String file, boolean forGop, boolean forVbt) {
        boolean gopWanted = withGop && forGop;
        if (!gopWanted && !forVbt) {
            Inputs.checkReadable(Path.of(file));
            unneeded = file;
            return;
        }
        Contents contents =
                contents(file, forVbt ? ArtifactFilter.EVERYTHING : ArtifactFilter.GOPS);
        if (gopWanted) {
            gopFile = file;
            gops = gops(contents, file);
        }
        if (forVbt && !contents.vbts().isEmpty()) {
            firmwareVbts = vbts(contents, file);
        }
    }

    private void vgaBios(String file) {
        List<Part<RomImage>> found = new ArrayList<>();
        Contents contents = contents(file, ArtifactFilter.EVERYTHING);
        for (VgaBios vgaBios : contents.vgaBioses()) {
            found.add(new Part<>(vgaBios.image(), from(vgaBios, file)));
        }
        if (found.isEmpty()) {
            throw new Failure(ExitCode.NO, file + " holds no legacy VGA BIOS of Intel graphics");
        }
        // SeaBIOS looks at the first image only.
        vgaBioses = List.of(found.getFirst());
        // The one inside it, where nothing better is known.
        firmwareVbts = vbts(contents, file);
    }

    private static List<Part<GopDriver>> gops(Contents contents, String file) {
        List<Part<GopDriver>> gops = new ArrayList<>();
        for (GopDriver gop : contents.gops()) {
            gops.add(new Part<>(gop, from(gop, file)));
        }
        return gops;
    }

    private static List<Part<VideoBiosTable>> vbts(Contents contents, String file) {
        List<Part<VideoBiosTable>> vbts = new ArrayList<>();
        for (VideoBiosTable vbt : contents.vbts()) {
            vbts.add(new Part<>(vbt, from(vbt, file)));
        }
        return vbts;
    }

    /// The file as the user wrote it, and which of the files inside it.
    private static String from(Artifact artifact, String file) {
        Origin origin = artifact.origin();
        if (origin.fileName().isPresent()) {
            return file + ", file " + origin.fileName().get();
        }
        return origin.file().isPresent() ? file + ", file " + origin.file().get() : file;
    }

    private static Contents contents(String file, ArtifactFilter wanted) {
        return FirmwareReader.read(Inputs.load(Path.of(file)), name(file), wanted);
    }

    private static String name(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }
}
