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
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What igdrom has to say about one file.
///
/// @param gops the best first
/// @param device that somebody wants a GOP for
/// @param outputs the names of the files that the finds were written to
record Report(
        String file,
        Image image,
        Contents contents,
        List<FoundGop> gops,
        Optional<PciId> device,
        Map<Find, String> outputs) {
    Report {
        gops = List.copyOf(gops);
        // By identity: finds are equal by content, which takes long to compare.
        Map<Find, String> copy = new IdentityHashMap<>(outputs);
        outputs = Collections.unmodifiableMap(copy);
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
        return new Report(file.toString(), image, contents, gops, device, Map.of());
    }

    Report writtenTo(Map<Find, String> names) {
        return new Report(file, image, contents, gops, device, names);
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
