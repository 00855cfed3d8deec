package igdrom.report.json;

import igdrom.formats.e820.E820Entry;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.plan.vm.GuestLayout;
import igdrom.plan.vm.GuestLayout.FwCfgFile;
import igdrom.plan.vm.GuestLayout.Register;
import igdrom.plan.vm.LayoutResult;
import igdrom.report.LayoutReport;
import igdrom.report.Wording;
import java.util.HexFormat;
import java.util.List;

/// Where a hypervisor puts what an IGD needs in the memory of its guest.
final class LayoutJson {
    private LayoutJson() {}

    static JsonObject of(LayoutReport report, Wording wording) {
        JsonObject.Builder object = JsonObject.builder();
        switch (report.result()) {
            case GuestLayout layout ->
                    object.put("device", layout.device().toString())
                            .put("identical", layout.identical())
                            .put("entries", JsonArray.of(layout.map().entries(), LayoutJson::entry))
                            .put("e820", hex(layout.map().image().toByteArray()))
                            .put(
                                    "registers",
                                    JsonArray.of(layout.registers(), LayoutJson::register))
                            .put("files", JsonArray.of(layout.files(), LayoutJson::file));
            case LayoutResult.Refused _ -> object.putNull("device");
        }
        object.put("written", JsonArray.ofStrings(report.written()))
                .put("messages", BuildJson.messages(report.result().messages(), wording));
        List<String> problems = report.problems(wording);
        if (!problems.isEmpty()) {
            object.put("error", problems.getFirst());
        }
        return object.build();
    }

    private static JsonObject entry(E820Entry entry) {
        return JsonObject.builder()
                .put("base", "0x%x".formatted(entry.base()))
                .put("size", "0x%x".formatted(entry.size()))
                .put("type", entry.type())
                .build();
    }

    private static JsonObject register(Register register) {
        return JsonObject.builder()
                .put("name", register.name())
                .put("location", register.location())
                .put("bits", register.bits())
                .put("value", "0x%x".formatted(register.value()))
                .build();
    }

    private static JsonObject file(FwCfgFile file) {
        return JsonObject.builder()
                .put("name", file.name())
                .put("content", hex(file.content().toByteArray()))
                .build();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
