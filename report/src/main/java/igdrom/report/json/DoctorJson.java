package igdrom.report.json;

import igdrom.formats.pci.PciId;
import igdrom.json.JsonArray;
import igdrom.json.JsonNull;
import igdrom.json.JsonObject;
import igdrom.json.JsonValue;
import igdrom.plan.GuestMachine;
import igdrom.plan.host.CheckName;
import igdrom.plan.host.Diagnosis;
import igdrom.plan.host.Fix;
import igdrom.plan.host.GopAnswer;
import igdrom.plan.host.HostCheck;
import igdrom.plan.host.MachineAnswer;
import igdrom.plan.host.ModeVerdict;
import igdrom.report.DoctorReport;
import igdrom.report.HostSource;
import igdrom.report.Wording;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is the matter with a host.
record DoctorJson(DoctorReport report, Wording wording) {
    JsonObject render() {
        Diagnosis diagnosis = report.diagnosis();
        HostSource source = report.source();
        PciId device = diagnosis.device();
        return JsonObject.builder()
                .put("source", lower(source.kind()))
                .put("file", source.name().isEmpty() ? null : source.name())
                .put("firmware", source.firmware())
                .put("files", JsonArray.of(report.files(), DoctorJson::file))
                .put("device", device == null ? null : device.toString())
                .put("name", diagnosis.name())
                .put("verdict", lower(diagnosis.verdict()))
                .put("because", names(diagnosis.because()))
                .put("checks", JsonArray.of(diagnosis.checks(), this::check))
                .put("gop", gop(diagnosis.gop()))
                .put("modes", JsonArray.of(diagnosis.modes(), DoctorJson::mode))
                .put("machine", machine(diagnosis.machine()))
                .put("rom", report.rom() == null ? JsonNull.NULL : RomCheckJson.of(report.rom()))
                .put(
                        "next",
                        JsonArray.of(
                                diagnosis.next(),
                                remedy -> fix(wording.remedy(remedy, report.source()))))
                .build();
    }

    private static JsonObject file(DoctorReport.ReadFile file) {
        return JsonObject.builder()
                .put("name", file.name())
                .put("kinds", JsonArray.ofStrings(file.kinds()))
                .put("problem", file.problem().isEmpty() ? null : file.problem())
                .build();
    }

    private JsonObject check(HostCheck check) {
        return JsonObject.builder()
                .put("id", check.name().id())
                .put("state", lower(check.state()))
                .put("text", check.text())
                .put("sources", JsonArray.ofStrings(check.sources()))
                .put("fixes", JsonArray.of(check.fixes(), this::fix))
                .build();
    }

    private JsonObject fix(Fix fix) {
        Fix.Do done =
                switch (fix) {
                    case Fix.Do own -> own;
                    case Fix.Use use -> wording.remedy(use.remedy(), report.source());
                };
        return JsonObject.builder()
                .put("text", done.text())
                .put("commands", JsonArray.ofStrings(done.commands()))
                .build();
    }

    private static JsonObject gop(GopAnswer gop) {
        return JsonObject.builder()
                .put("verdict", lower(gop.verdict()))
                .put("proof", gop.proof().word())
                .put("text", gop.text())
                .build();
    }

    private static JsonObject mode(ModeVerdict mode) {
        return JsonObject.builder()
                .put("id", mode.mode().id())
                .put("verdict", lower(mode.verdict()))
                .put("proof", mode.proof().word())
                .put("text", mode.text())
                .put("because", names(mode.because()))
                .build();
    }

    private static JsonValue machine(@Nullable MachineAnswer machine) {
        return machine == null
                ? JsonNull.NULL
                : JsonObject.builder()
                        .put(
                                "types",
                                JsonArray.ofStrings(
                                        machine.machines().stream().map(GuestMachine::id).toList()))
                        .put("text", machine.text())
                        .build();
    }

    private static JsonArray names(List<CheckName> names) {
        return JsonArray.ofStrings(names.stream().map(CheckName::id).toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
