package igdrom.report.bundle;

import igdrom.bytes.Image;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import igdrom.host.Identifiers;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.hypervisor.MalformedVmException;
import igdrom.hypervisor.ReadVm;
import igdrom.hypervisor.VmReader;
import igdrom.hypervisor.VmRedaction;
import igdrom.json.JsonArray;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.plan.host.Diagnosis;
import igdrom.report.Answers;
import igdrom.report.BundleReport;
import igdrom.report.BundleReport.BundledFile;
import igdrom.report.Detail;
import igdrom.report.DoctorReport;
import igdrom.report.FirmwareFacts;
import igdrom.report.HostSource;
import igdrom.report.ImageReport;
import igdrom.report.InputFailure;
import igdrom.report.Report;
import igdrom.report.VmReport;
import igdrom.report.Wording;
import igdrom.report.bundle.BundleContents.Input;
import igdrom.report.json.ReportJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bug report: files that say what somebody else needs to know, and nothing else.
public final class Bundle {
    /// What files of a bundle are when they are not facts about a host.
    public static final String KIND = "igdrom-bundle";

    private static final String MANIFEST = "manifest.json";

    private static final String SNAPSHOT = "snapshot.json";
    private static final String FROM_SNAPSHOT =
            "serial numbers, UUIDs, MAC addresses, labels, the host name (when it was read)";

    private final BundleContents contents;
    private final JsonFormat format;
    private final Wording wording;
    private final List<Entry> entries = new ArrayList<>();
    private final List<BundledFile> files = new ArrayList<>();
    private boolean tablesLeftOut;

    /// A file.
    public record Entry(String name, Image contents) {}

    private Bundle(BundleContents contents, JsonFormat format, Wording wording) {
        this.contents = contents;
        this.format = format;
        this.wording = wording;
    }

    /// Makes all files.
    public static Bundle of(BundleContents contents, JsonFormat format, Wording wording) {
        Bundle bundle = new Bundle(contents, format, wording);
        bundle.addHost();
        bundle.addFirmware();
        bundle.addRom();
        bundle.addDriverReport();
        bundle.addVm();
        bundle.addManifest();
        return bundle;
    }

    /// What is in it.
    ///
    /// @param output the archive, null when it is not written
    /// @param size of the archive
    public BundleReport report(@Nullable String output, long size) {
        return new BundleReport(output, size, files, tablesLeftOut);
    }

    /// The files, in their order in the archive.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// Whether a file is the list of the files in a bundle.
    public static boolean isManifest(String name, Image contents) {
        return name.equals(MANIFEST) && contents.contains(Image.ofAscii('"' + KIND + '"'));
    }

    private void addHost() {
        Snapshot facts = contents.snapshot();
        Input firmware = contents.firmware();
        if (firmware != null) {
            facts = FirmwareFacts.added(facts, name(firmware), firmware.image());
        }
        Snapshot shared = SharedFacts.of(facts, contents.withTables(), contents.hostName());
        List<String> removed = new ArrayList<>(List.of(FROM_SNAPSHOT));
        if (SharedFacts.hasTables(facts) && !contents.withTables()) {
            removed.add("the OpRegion and the VBT");
            tablesLeftOut = true;
        }
        text(SNAPSHOT, "the facts about the host", removed, SnapshotJson.print(shared, format));
        HostSource source =
                HostSource.of(
                        HostSource.Kind.SNAPSHOT,
                        SNAPSHOT,
                        firmware == null ? null : name(firmware),
                        facts);
        // With all facts, also those that are left out.
        Diagnosis diagnosis = Diagnosis.of(facts);
        report(
                "doctor.json",
                "what igdrom doctor says about them",
                () -> new DoctorReport(source, diagnosis, List.of(), null));
    }

    private void addFirmware() {
        Input firmware = contents.firmware();
        if (firmware == null) {
            return;
        }
        PciId device = contents.snapshot().igd().id().value().orElse(null);
        ImageReport image =
                Answers.image(name(firmware), firmware.image(), device, ArtifactFilter.EVERYTHING)
                        .withSha256(firmware.image().sha256());
        report(
                "inspect.json",
                "what is in " + name(firmware),
                List.of("GOPs, VGA BIOSes and all other code"),
                () -> image);
        int number = 0;
        for (VideoBiosTable table : image.contents().vbts()) {
            number++;
            if (contents.withTables()) {
                add("vbt-" + number + ".bin", "a VBT of it", List.of(), table.bytes());
            } else {
                tablesLeftOut = true;
            }
        }
    }

    private void addRom() {
        Input rom = contents.rom();
        if (rom != null) {
            Optional<PciId> device = contents.snapshot().igd().id().value();
            Optional<PciId> bridge = contents.snapshot().lpc().id().value();
            report(
                    "verify.json",
                    "what igdrom verify says about " + name(rom),
                    List.of("the ROM itself"),
                    () -> Answers.rom(name(rom), rom.image(), device, bridge));
        }
    }

    private void addDriverReport() {
        Input steps = contents.driverReport();
        if (steps != null) {
            report(
                    "driver-report.json",
                    "what the driver did in the guest",
                    () -> Answers.driverSteps(name(steps), steps.image()));
        }
    }

    /// A definition that cannot be read cannot be cleaned either, and is left out.
    private void addVm() {
        Input definition = contents.vm();
        if (definition == null) {
            return;
        }
        String text = definition.image().latin1();
        ReadVm vm;
        try {
            vm = VmReader.read(name(definition), text);
        } catch (MalformedVmException e) {
            document(
                    "vm-check.json",
                    "why the definition of the VM cannot be read",
                    List.of("the definition itself"),
                    ReportJson.failure(String.valueOf(e.getMessage()), 3));
            return;
        }
        VmRedaction redaction = VmRedaction.of(vm, text, contents.hostName());
        List<String> removed = new ArrayList<>();
        new TreeMap<>(redaction.removed())
                .forEach((what, count) -> removed.add(what + " (" + count + ")"));
        add(
                "vm.txt",
                "the definition of the VM, " + name(definition),
                removed,
                Image.of(redaction.text().getBytes(StandardCharsets.ISO_8859_1)));
        boolean known = contents.snapshot().igd().id().value().isPresent();
        report(
                "vm-check.json",
                "what igdrom doctor says about it",
                () ->
                        VmReport.of(
                                VmReader.read(name(definition), redaction.text()),
                                redaction.text(),
                                known ? contents.snapshot() : null,
                                HostSource.of(
                                        HostSource.Kind.SNAPSHOT,
                                        SNAPSHOT,
                                        null,
                                        contents.snapshot()),
                                null,
                                false));
    }

    /// First in the archive, although it is about the others.
    private void addManifest() {
        JsonObject.Builder versions = JsonObject.builder();
        new TreeMap<>(contents.versions()).forEach((name, version) -> versions.put(name, version));
        JsonObject manifest =
                JsonObject.builder()
                        .put("kind", KIND)
                        .put("versions", versions.build())
                        .put("files", JsonArray.of(files, Bundle::described))
                        .build();
        document(MANIFEST, "versions, and this list", List.of(), manifest);
        entries.addFirst(entries.removeLast());
        files.addFirst(files.removeLast());
    }

    private static JsonObject described(BundledFile file) {
        return JsonObject.builder()
                .put("name", file.name())
                .put("size", file.size())
                .put("about", file.about())
                .put("removed", JsonArray.ofStrings(file.removed()))
                .build();
    }

    private void report(String name, String about, Supplier<Report> report) {
        report(name, about, List.of(), report);
    }

    /// Adds a report or, when its input cannot be read, the error in its place.
    private void report(String name, String about, List<String> removed, Supplier<Report> report) {
        JsonObject object;
        try {
            object = ReportJson.of(report.get(), Detail.ALL, wording);
        } catch (RuntimeException e) {
            InputFailure failure = InputFailure.of(e, name).orElseThrow(() -> e);
            object = ReportJson.failure(failure.message(), 3);
        }
        document(name, about, removed, object);
    }

    private void document(String name, String about, List<String> removed, JsonObject object) {
        String json = format.print(ReportJson.document(object), JsonFormat.Layout.INDENTED) + "\n";
        text(name, about, removed, json);
    }

    private void text(String name, String about, List<String> removed, String text) {
        add(name, about, removed, Image.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void add(String name, String about, List<String> removed, Image bytes) {
        entries.add(new Entry(name, bytes));
        files.add(new BundledFile(name, bytes.size(), about, removed));
    }

    private String name(Input input) {
        return Identifiers.removed(input.name(), contents.hostName());
    }
}
