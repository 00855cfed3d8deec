package igdrom.cli.commands;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FileKind;
import igdrom.firmware.FirmwareReader;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.GopOrder;
import igdrom.formats.pci.PciId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What igdrom has to say about one file.
///
/// @param sha256 of the whole file, when that was asked for
/// @param gops the best first
/// @param device that somebody wants a GOP for
/// @param outputs where finds were written to
record Report(
        String file,
        long size,
        Optional<String> sha256,
        Contents contents,
        List<GopDriver> gops,
        Optional<PciId> device,
        List<Written> outputs) {
    /// A find and the name of the file it was written to.
    record Written(Artifact find, String name) {}

    Report {
        gops = List.copyOf(gops);
        outputs = List.copyOf(outputs);
    }

    /// Reads the file.
    static Report of(Path file, Optional<PciId> device, ArtifactFilter wanted, boolean hashed)
            throws IOException {
        return of(file, Image.load(file), device, wanted, hashed);
    }

    /// Reads what the file holds.
    ///
    /// @param hashed whether its SHA-256 is wanted
    static Report of(
            Path file, Image image, Optional<PciId> device, ArtifactFilter wanted, boolean hashed) {
        Path name = file.getFileName();
        String root = name == null ? file.toString() : name.toString();
        Contents contents = FirmwareReader.read(image, root, wanted);
        List<GopDriver> gops = new ArrayList<>(contents.gops());
        Comparator<Gop> order =
                device.isPresent() ? GopOrder.forDevice(device.get()) : GopOrder.general();
        gops.sort((one, other) -> order.compare(one.gop(), other.gop()));
        Optional<String> sha256 = hashed ? Optional.of(image.sha256()) : Optional.empty();
        return new Report(file.toString(), image.size(), sha256, contents, gops, device, List.of());
    }

    /// The same with other GOPs in the place of those that were found.
    Report withGops(List<GopDriver> others) {
        return new Report(file, size, sha256, contents, others, device, outputs);
    }

    Report writtenTo(List<Written> names) {
        return new Report(file, size, sha256, contents, gops, device, names);
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

    /// Whether the file is of a kind that igdrom knows and yet nothing can be read of it, or a
    /// single program that is damaged.
    private boolean isBroken() {
        if (!contents.tree().children().isEmpty() && contents.kind() != FileKind.PROGRAM) {
            return false;
        }
        for (Diagnostic diagnostic : contents.diagnostics()) {
            if (diagnostic.severity() == Diagnostic.Severity.BROKEN) {
                return true;
            }
        }
        return false;
    }
}
