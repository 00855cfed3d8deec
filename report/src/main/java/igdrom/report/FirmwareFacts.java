package igdrom.report;

import igdrom.bytes.Image;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.host.Fact;
import igdrom.host.FirmwareImage;
import igdrom.host.FirmwareImage.FoundGop;
import igdrom.host.FirmwareImage.FoundVbt;
import igdrom.host.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// What a firmware image says about the host that it is for.
public final class FirmwareFacts {
    private FirmwareFacts() {}

    /// The facts of a host with those of its firmware image.
    ///
    /// @param file that the image was read from
    public static Snapshot added(Snapshot facts, String file, Image image) {
        Contents contents =
                FirmwareReader.read(image, Answers.baseName(file), ArtifactFilter.EVERYTHING);
        return new Snapshot(
                facts.measuredBy(),
                facts.pci(),
                facts.graphics(),
                facts.iommu(),
                facts.firmware(),
                facts.vfio(),
                facts.kernel(),
                facts.machine(),
                facts.hypervisors(),
                new Fact.Known<>(of(contents, image.size()), file));
    }

    /// The artifacts of an image as facts. A GOP for 32-bit firmware is none for a guest.
    ///
    /// @param size of the image
    public static FirmwareImage of(Contents contents, long size) {
        List<FoundGop> gops = new ArrayList<>();
        for (GopDriver driver : contents.gops()) {
            if (driver.gop().arch().equals(Machine.X64)) {
                gops.add(
                        new FoundGop(
                                driver.gop().version().toString(),
                                driver.gop().deviceIds(),
                                driver.gop().image().size(),
                                driver.gop().sha256()));
            }
        }
        List<FoundVbt> vbts = new ArrayList<>();
        for (VideoBiosTable table : contents.vbts()) {
            vbts.add(
                    new FoundVbt(
                            table.vbt().header().platform(),
                            table.vbt().bdb().version(),
                            table.bytes().size(),
                            table.bytes().sha256()));
        }
        List<PciId> vgaBioses = new ArrayList<>();
        for (VgaBios bios : contents.vgaBioses()) {
            vgaBioses.addAll(bios.image().ids());
        }
        return new FirmwareImage(size, gops, vbts, vgaBioses);
    }
}
