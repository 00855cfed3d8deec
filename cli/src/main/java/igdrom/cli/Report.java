package igdrom.cli;

import igdrom.bytes.Finding;
import igdrom.bytes.Image;
import igdrom.firmware.Contents;
import igdrom.firmware.Find;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.FirmwareReader;
import igdrom.firmware.gop.GopOrder;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What igdrom has to say about one file.
///
/// @param gops the best first
/// @param device that somebody wants a GOP for
/// @param outputs where finds were written to
record Report(
        String file,
        Image image,
        Contents contents,
        List<FoundGop> gops,
        Optional<PciId> device,
        List<Written> outputs) {
    /// A find and the name of the file it was written to.
    record Written(Find find, String name) {}

    Report {
        gops = List.copyOf(gops);
        outputs = List.copyOf(outputs);
    }

    static Report of(Path file, Optional<PciId> device) throws IOException {
        Image image = Image.load(file);
        Path name = file.getFileName();
        Contents contents =
                FirmwareReader.read(image, name == null ? file.toString() : name.toString());
        List<FoundGop> gops = new ArrayList<>(contents.gops());
        gops.sort(
                Comparator.comparing(
                        FoundGop::gop,
                        device.map(GopOrder::forDevice).orElseGet(GopOrder::general)));
        return new Report(file.toString(), image, contents, gops, device, List.of());
    }

    Report writtenTo(List<Written> names) {
        return new Report(file, image, contents, gops, device, names);
    }

    /// The name of the file that this very find was written to, if it was.
    @SuppressWarnings("ReferenceEquality") // finds of one report: comparing their bytes takes long
    @Nullable String output(Find find) {
        for (Written output : outputs) {
            if (output.find == find) {
                return output.name;
            }
        }
        return null;
    }

    /// Whether one of the GOPs drives the device; true when no device was asked for.
    boolean drivesDevice() {
        return device.isEmpty()
                || gops.stream().anyMatch(found -> found.gop().support(device.get()).yes());
    }

    /// How a look at the file ends: with what was asked for, without it, or with nothing because
    /// the file is damaged.
    ExitCode code() {
        if (contents.isEmpty()) {
            return isBroken() ? ExitCode.MALFORMED : ExitCode.NO;
        }
        return drivesDevice() ? ExitCode.OK : ExitCode.NO;
    }

    /// Whether the file is of a kind that igdrom knows and yet nothing can be read of it.
    private boolean isBroken() {
        if (!contents.tree().children().isEmpty()) {
            return false;
        }
        for (Finding finding : contents.findings()) {
            if (finding.severity() == Finding.Severity.BROKEN) {
                return true;
            }
        }
        return false;
    }
}
