package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.firmware.Contents;
import igdrom.firmware.Find;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.Find.FoundVgaBios;
import igdrom.firmware.Find.Origin;
import igdrom.firmware.FirmwareReader;
import igdrom.firmware.Wanted;
import igdrom.formats.oprom.RomImage;
import igdrom.plan.Parts;
import igdrom.plan.Sourced;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the files that `igdrom build` was given.
final class BuildParts {
    private final ParseResult options;
    private final boolean withGop;
    private @Nullable String gopFile;
    private List<Sourced<FoundGop>> gops = List.of();
    private List<Sourced<FoundVbt>> vbts = List.of();
    private List<Sourced<FoundVbt>> firmwareVbts = List.of();
    private @Nullable Sourced<Image> opRegion;
    private List<Sourced<RomImage>> vgaBioses = List.of();
    private String unneeded = "";

    private BuildParts(ParseResult options, boolean withGop) {
        this.options = options;
        this.withGop = withGop;
    }

    /// @param withGop whether anybody asks for a GOP
    static BuildParts of(ParseResult options, boolean withGop) {
        return new BuildParts(options, withGop);
    }

    /// A file that was named although nothing of it is wanted, or nothing.
    String unneeded() {
        return unneeded;
    }

    Parts read() {
        String gop = options.matchedOptionValue("--gop", "");
        String vbt = options.matchedOptionValue("--vbt", "");
        String region = options.matchedOptionValue("--opregion", "");
        String vgaBios = options.matchedOptionValue("--vbios", "");
        String firmware = options.matchedOptionValue("--firmware", "");
        if (withGop && !gop.isEmpty()) {
            gopFile = gop;
            gops = gops(contents(gop, Wanted.GOPS), gop);
        } else if (!gop.isEmpty()) {
            Path _ = Inputs.present(gop);
        }
        if (!vbt.isEmpty()) {
            vbts = vbts(contents(vbt, Wanted.EVERYTHING), vbt);
            if (vbts.isEmpty()) {
                throw new Failure(ExitCode.NO, vbt + " holds no VBT");
            }
        }
        if (!region.isEmpty()) {
            opRegion = new Sourced<>(Inputs.load(region), region);
        }
        if (!vgaBios.isEmpty()) {
            vgaBios(vgaBios);
        }
        if (!firmware.isEmpty()) {
            firmware(firmware, gop.isEmpty(), vbt.isEmpty() && region.isEmpty());
        }
        return new Parts(gopFile, gops, vbts, firmwareVbts, opRegion, vgaBioses);
    }

    private void firmware(String file, boolean forGop, boolean forVbt) {
        boolean gopWanted = withGop && forGop;
        if (!gopWanted && !forVbt) {
            Path _ = Inputs.present(file);
            unneeded = file;
            return;
        }
        Contents contents = contents(file, forVbt ? Wanted.EVERYTHING : Wanted.GOPS);
        if (gopWanted) {
            gopFile = file;
            gops = gops(contents, file);
        }
        if (forVbt && !contents.vbts().isEmpty()) {
            firmwareVbts = vbts(contents, file);
        }
    }

    private void vgaBios(String file) {
        List<Sourced<RomImage>> found = new ArrayList<>();
        Contents contents = contents(file, Wanted.EVERYTHING);
        for (FoundVgaBios vgaBios : contents.vgaBioses()) {
            found.add(new Sourced<>(vgaBios.image(), from(vgaBios, file)));
        }
        if (found.isEmpty()) {
            throw new Failure(ExitCode.NO, file + " holds no legacy VGA BIOS of Intel graphics");
        }
        // SeaBIOS looks at the first image only.
        vgaBioses = List.of(found.getFirst());
        // The one inside it, where nothing better is known.
        firmwareVbts = vbts(contents, file);
    }

    private static List<Sourced<FoundGop>> gops(Contents contents, String file) {
        List<Sourced<FoundGop>> gops = new ArrayList<>();
        for (FoundGop gop : contents.gops()) {
            gops.add(new Sourced<>(gop, from(gop, file)));
        }
        return gops;
    }

    private static List<Sourced<FoundVbt>> vbts(Contents contents, String file) {
        List<Sourced<FoundVbt>> vbts = new ArrayList<>();
        for (FoundVbt vbt : contents.vbts()) {
            vbts.add(new Sourced<>(vbt, from(vbt, file)));
        }
        return vbts;
    }

    /// The file as the user wrote it, and which of the files inside it.
    private static String from(Find find, String file) {
        Origin origin = find.origin();
        if (origin.fileName().isPresent()) {
            return file + ", file " + origin.fileName().get();
        }
        return origin.file().isPresent() ? file + ", file " + origin.file().get() : file;
    }

    private static Contents contents(String file, Wanted wanted) {
        return FirmwareReader.read(Inputs.load(file), name(file), wanted);
    }

    private static String name(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? file : name.toString();
    }
}
