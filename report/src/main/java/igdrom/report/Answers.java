package igdrom.report;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.driver.DriverReport;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.GopOrder;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtContent;
import igdrom.report.VbtReport.Entry;
import igdrom.rom.RomChecks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers the questions about one file.
public final class Answers {
    private Answers() {}

    /// What an image holds, without the SHA-256 of the whole.
    ///
    /// @param file its name as the user wrote it
    /// @param device that a GOP is wanted for, null for none
    public static ImageReport image(
            String file, Image image, @Nullable PciId device, ArtifactFilter filter) {
        Contents contents = FirmwareReader.read(image, baseName(file), filter);
        List<GopDriver> gops = new ArrayList<>(contents.gops());
        Comparator<Gop> order = device == null ? GopOrder.general() : GopOrder.forDevice(device);
        gops.sort(Comparator.comparing(GopDriver::gop, order));
        return new ImageReport(file, image.size(), null, contents, gops, device, List.of());
    }

    /// The VBTs in an image.
    ///
    /// @param file its name as the user wrote it
    public static VbtReport vbts(String file, Image image) {
        Contents contents = FirmwareReader.read(image, baseName(file));
        List<Entry> entries = new ArrayList<>();
        for (VideoBiosTable table : contents.vbts()) {
            Diagnostics diagnostics = new Diagnostics();
            VbtContent content =
                    VbtContent.read(table.vbt(), table.origin().location(), diagnostics);
            entries.add(new Entry(table, content, diagnostics.list()));
        }
        return new VbtReport(file, image.size(), image.sha256(), contents.kind(), entries);
    }

    /// The static checks of a ROM.
    ///
    /// @param file its name as the user wrote it
    /// @param device that the ROM is for, if that matters
    /// @param bridge the host's LPC bridge, if that matters
    /// @throws MalformedImageException when it does not start as a ROM
    public static RomCheckReport rom(
            String file, Image image, Optional<PciId> device, Optional<PciId> bridge) {
        RomChecks checks = RomChecks.of(image, baseName(file), device, bridge);
        return new RomCheckReport(file, image.size(), image.sha256(), checks);
    }

    /// What the driver reported from a guest.
    ///
    /// @param file its name as the user wrote it
    /// @param image the variable `IgdromReport`, with or without the attributes of efivarfs
    /// @throws MalformedImageException when it is not a report of the driver
    public static DriverStepsReport driverSteps(String file, Image image) {
        Diagnostics diagnostics = new Diagnostics();
        DriverReport report = DriverReport.read(image, Location.root(baseName(file)), diagnostics);
        List<DriverStepsReport.Step> steps = new ArrayList<>();
        for (DriverReport.Entry entry : report.entries()) {
            steps.add(step(entry));
        }
        return new DriverStepsReport(
                file,
                steps,
                report.lost(),
                diagnostics.list(),
                DriverConclusion.of(report.entries()));
    }

    private static DriverStepsReport.Step step(DriverReport.Entry entry) {
        return new DriverStepsReport.Step(
                entry.stepNumber(),
                entry.stepWord(),
                entry.outcomeNumber(),
                entry.outcomeWord(),
                entry.isProblem(),
                entry.is(DriverReport.Step.DEVICE),
                entry.status(),
                entry.value(),
                entry.detail(),
                entry.subject(),
                entry.sentence());
    }

    /// The part of a path that locations begin with.
    public static String baseName(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 || slash == file.length() - 1 ? file : file.substring(slash + 1);
    }
}
