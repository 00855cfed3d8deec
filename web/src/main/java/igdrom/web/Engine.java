package igdrom.web;

import igdrom.bytes.Image;
import igdrom.firmware.ArtifactFilter;
import igdrom.firmware.FileKind;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.VbtEditException;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.json.JsonArray;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.plan.HostFacts;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.vm.Hypervisor;
import igdrom.plan.vm.RomFacts;
import igdrom.plan.vm.VmPlanner;
import igdrom.plan.vm.VmRequest;
import igdrom.report.Answers;
import igdrom.report.ConfigReport;
import igdrom.report.Detail;
import igdrom.report.DoctorReport;
import igdrom.report.HostSource;
import igdrom.report.ImageFile;
import igdrom.report.ImageReport;
import igdrom.report.InputFailure;
import igdrom.report.PageReport;
import igdrom.report.PartFiles;
import igdrom.report.RomBuilding;
import igdrom.report.RomCheckReport;
import igdrom.report.SnapshotReport;
import igdrom.report.VbtEditing;
import igdrom.report.html.Markup;
import igdrom.report.html.MarkupJson;
import igdrom.report.html.ReportMarkup;
import igdrom.report.json.ReportJson;
import igdrom.rom.RomPurpose;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers the requests of the page about the files that it was given.
public final class Engine {
    private static final JsonFormat FORMAT = new PlainJson();
    private static final PageWording WORDING = new PageWording();

    /// The name that errors in a request are reported with: they are ours.
    private static final String REQUEST = "request";

    private final Map<String, Image> files = new HashMap<>();

    /// Adds a file.
    ///
    /// @param name as the user sees it
    public void add(String name, Image image) {
        files.put(name, image);
    }

    /// Answers a request, with a failure when a file is malformed.
    ///
    /// @param request a JSON object that says what to do
    public Reply answer(String request) {
        String file = REQUEST;
        try {
            LocatedValue root =
                    FORMAT.parse(Image.of(request.getBytes(StandardCharsets.UTF_8)), REQUEST);
            file = root.member("file").map(LocatedValue::string).orElse(REQUEST);
            return switch (root.required("do").string()) {
                case "open" -> open(file, device(root, "device"));
                case "verify" -> verify(file, device(root, "device"), device(root, "pch"));
                case "build" -> build(root);
                case "config" -> config(file, part(root, "snapshot"));
                case "disable" -> disable(file, root);
                default -> throw root.required("do").malformed("is not known");
            };
        } catch (RuntimeException | VbtEditException e) {
            return failure(e, file);
        }
    }

    private static Reply failure(Exception e, String file) {
        Optional<InputFailure> ofInput = InputFailure.of(e, file);
        if (ofInput.isEmpty()) {
            throw new IllegalStateException(e);
        }
        InputFailure found = ofInput.get();
        return new Reply(
                ReportJson.failure(file, found.message(), found.answer().exitCode()), null);
    }

    private Reply open(String file, Optional<PciId> device) {
        Image image = image(file);
        if (looksLikeJson(image)) {
            Snapshot snapshot = SnapshotJson.read(image, file, FORMAT);
            DoctorReport host =
                    new DoctorReport(
                            HostSource.of(HostSource.Kind.SNAPSHOT, file, null, snapshot),
                            Diagnosis.of(snapshot),
                            List.of(),
                            null);
            return reply(new SnapshotReport(null, image.size(), snapshot), null)
                    .with("snapshot", RomForm.host(snapshot))
                    .with("check", ReportJson.of(host, Detail.ALL, WORDING))
                    .with("checkView", MarkupJson.of(ReportMarkup.of(host, WORDING)))
                    .build();
        }
        ImageReport report =
                Answers.image(file, image, device.orElse(null), ArtifactFilter.EVERYTHING)
                        .withSha256(image.sha256());
        Answer answer = reply(report, null).with("form", RomForm.of(report));
        if (report.contents().kind() == FileKind.OPTION_ROM) {
            RomCheckReport check = Answers.rom(file, image, device, Optional.empty());
            answer.with("check", ReportJson.of(check, Detail.ALL, WORDING))
                    .with("checkView", MarkupJson.of(ReportMarkup.of(check, WORDING)));
        }
        return answer.build();
    }

    /// Whether the first character that is not a space begins an object.
    private static boolean looksLikeJson(Image image) {
        for (long at = 0; at < Math.min(image.size(), 64); at++) {
            int c = image.u8(at);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return c == '{';
            }
        }
        return false;
    }

    private Reply verify(String file, Optional<PciId> device, Optional<PciId> bridge) {
        return reply(Answers.rom(file, image(file), device, bridge), null).build();
    }

    private Reply build(LocatedValue root) {
        LocatedValue parts = root.required("parts");
        PartFiles files =
                new PartFiles(
                        part(parts, "gop"),
                        part(parts, "vbt"),
                        part(parts, "opRegion"),
                        part(parts, "vgaBios"),
                        part(parts, "firmware"));
        ImageFile file = part(parts, "snapshot");
        Snapshot snapshot = snapshot(file);
        HostFacts host =
                file == null || snapshot == null ? null : new HostFacts(snapshot, file.name());
        RomBuilding building =
                RomBuilding.of(
                        root.required("output").string(), RomForm.request(root), files, host);
        return reply(building.report(), building.rom()).build();
    }

    private static @Nullable Snapshot snapshot(@Nullable ImageFile file) {
        return file == null ? null : SnapshotJson.read(file.image(), file.name(), FORMAT);
    }

    /// The configuration of a guest with a ROM, for each hypervisor.
    private Reply config(String rom, @Nullable ImageFile host) {
        Snapshot snapshot = snapshot(host);
        RomFacts facts = RomPurpose.read(image(rom), rom);
        List<JsonValue> all = new ArrayList<>();
        for (Hypervisor hypervisor : Hypervisor.values()) {
            VmRequest request = VmRequest.of(hypervisor).withRomFile(rom);
            ConfigReport report = ConfigReport.of(VmPlanner.plan(request, snapshot, facts));
            all.add(
                    JsonObject.builder()
                            .put("title", "Configuration for " + hypervisor.title())
                            .put("report", ReportJson.of(report, Detail.ALL, WORDING))
                            .put("view", MarkupJson.of(ReportMarkup.of(report, WORDING)))
                            .build());
        }
        JsonObject document =
                JsonObject.builder().put("configurations", new JsonArray(all)).build();
        return new Reply(document, null);
    }

    private Reply disable(String file, LocatedValue root) throws VbtEditException {
        List<String> names = new ArrayList<>();
        root.required("outputs").elements().forEach(name -> names.add(name.string()));
        VbtEditing editing =
                VbtEditing.of(file, image(file), names, root.required("output").string());
        return reply(editing.report(), editing.image()).build();
    }

    private Image image(String file) {
        Image image = files.get(file);
        if (image == null) {
            throw new IllegalStateException("no file named " + file);
        }
        return image;
    }

    private @Nullable ImageFile part(LocatedValue parts, String name) {
        return parts.member(name)
                .map(LocatedValue::string)
                .map(file -> new ImageFile(file, image(file)))
                .orElse(null);
    }

    static Optional<PciId> device(LocatedValue root, String name) {
        return root.member(name)
                .map(value -> {
                    try {
                        return PciId.of(value.string());
                    } catch (IllegalArgumentException e) {
                        throw value.malformed(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static Answer reply(PageReport report, @Nullable Image file) {
        List<Markup> view = ReportMarkup.of(report, WORDING);
        JsonObject.Builder document =
                JsonObject.builder()
                        .put("report", ReportJson.of(report, Detail.ALL, WORDING))
                        .put("yes", report.answer() == igdrom.report.Answer.YES)
                        .put("view", MarkupJson.of(view));
        return new Answer(document, file);
    }

    /// A reply to which members are added.
    private record Answer(JsonObject.Builder document, @Nullable Image file) {
        Answer with(String name, JsonValue value) {
            document.put(name, value);
            return this;
        }

        Reply build() {
            return new Reply(document.build(), file);
        }
    }

    /// The text of a reply.
    public static String print(Reply reply) {
        return FORMAT.print(reply.document(), JsonFormat.Layout.COMPACT);
    }
}
