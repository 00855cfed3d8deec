package igdrom.web;

import igdrom.bytes.Diagnostics;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.FileKind;
import igdrom.formats.pci.PciId;
import igdrom.formats.vbt.Output;
import igdrom.formats.vbt.VbtContent;
import igdrom.host.MemoryRange;
import igdrom.host.Snapshot;
import igdrom.json.JsonArray;
import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Pch;
import igdrom.knowledge.Processor;
import igdrom.knowledge.UsualBridge;
import igdrom.plan.Conflict;
import igdrom.plan.GuestMachine;
import igdrom.plan.LpcBridgePolicy;
import igdrom.plan.OpRegionSource;
import igdrom.plan.RequestField;
import igdrom.plan.RomRequest;
import igdrom.plan.RomRequest.GopRequest;
import igdrom.plan.RomRequest.PolicyRequest;
import igdrom.plan.RomRequest.VbtRequest;
import igdrom.report.ImageReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The form for a ROM: what it offers, and the request that it expresses.
final class RomForm {
    private static final long MIB = 1L << 20;

    private RomForm() {}

    /// What can be made from a file, and the choices.
    static JsonObject of(ImageReport report) {
        FileKind kind = report.contents().kind();
        Set<PciId> listed = new LinkedHashSet<>();
        for (GopDriver found : report.gops()) {
            listed.addAll(found.gop().deviceIds());
        }
        return JsonObject.builder()
                .put("kind", kind.id())
                .put("hasGop", !report.gops().isEmpty())
                .put("hasVbt", !report.contents().vbts().isEmpty())
                .put("hasVgaBios", !report.contents().vgaBioses().isEmpty())
                .put("isOpRegion", kind == FileKind.OPREGION)
                .put("isRom", kind == FileKind.OPTION_ROM)
                .put("outputs", outputs(report))
                .put("listed", JsonArray.ofStrings(listed))
                .put("devices", devices(listed))
                .put("machines", machines())
                .put("pchs", JsonArray.of(Knowledge.pchs(), RomForm::pch))
                .put("conflicts", conflicts())
                .put("labels", labels())
                .build();
    }

    /// What a snapshot says, to fill the form in.
    static JsonObject host(Snapshot snapshot) {
        MemoryRange stolen = snapshot.stolenMemory().value().orElse(null);
        return JsonObject.builder()
                .put("device", snapshot.igd().id().value().map(PciId::toString).orElse(null))
                .put("pch", snapshot.lpc().id().value().map(PciId::toString).orElse(null))
                .put("stolenBase", stolen == null ? null : "0x%x".formatted(stolen.base()))
                .build();
    }

    private static JsonArray outputs(ImageReport report) {
        Set<String> names = new LinkedHashSet<>();
        List<JsonValue> outputs = new ArrayList<>();
        // Which of several VBTs the board uses is not known.
        if (report.contents().vbts().size() == 1) {
            VideoBiosTable found = report.contents().vbts().getFirst();
            VbtContent content =
                    VbtContent.read(found.vbt(), found.origin().location(), new Diagnostics());
            for (Output output : content.outputs()) {
                if (names.add(output.name())) {
                    outputs.add(
                            JsonObject.builder()
                                    .put("name", output.name())
                                    .put("text", output.toString())
                                    .build());
                }
            }
        }
        return new JsonArray(outputs);
    }

    /// All devices: those that the GOPs list first.
    private static JsonArray devices(Set<PciId> listed) {
        Map<PciId, List<String>> processors = new HashMap<>();
        for (Processor processor : Knowledge.processors()) {
            for (PciId id : processor.ids()) {
                processors.computeIfAbsent(id, _ -> new ArrayList<>()).add(processor.name());
            }
        }
        List<JsonValue> devices = new ArrayList<>();
        for (PciId id : listed) {
            devices.add(device(id, Knowledge.device(id).orElse(null), true, processors));
        }
        for (Device device : Knowledge.devices()) {
            if (!listed.contains(device.id())) {
                devices.add(device(device.id(), device, false, processors));
            }
        }
        return new JsonArray(devices);
    }

    private static JsonObject device(
            PciId id,
            @Nullable Device device,
            boolean listed,
            Map<PciId, List<String>> processors) {
        UsualBridge usual = Knowledge.usualBridge(id).orElse(null);
        return JsonObject.builder()
                .put("id", id.toString())
                .put("platform", device == null ? "unknown" : device.platform().family())
                .put("name", device == null ? null : device.marketing())
                .put("listed", listed)
                .put("processors", String.join(", ", processors.getOrDefault(id, List.of())))
                .put("usualPch", usual == null ? null : usual.id() + ", " + usual.name())
                .build();
    }

    private static JsonArray machines() {
        List<JsonValue> machines = new ArrayList<>();
        for (GuestMachine machine : GuestMachine.values()) {
            machines.add(new JsonString(machine.id()));
        }
        return new JsonArray(machines);
    }

    private static JsonObject pch(Pch pch) {
        HexFormat hex = HexFormat.of();
        return JsonObject.builder()
                .put("id", PciId.intel(pch.first()).toString())
                .put("first", hex.toHexDigits(pch.first(), 4))
                .put("last", hex.toHexDigits(pch.last(), 4))
                .put("name", pch.name())
                .build();
    }

    private static JsonArray conflicts() {
        List<JsonValue> conflicts = new ArrayList<>();
        for (Conflict conflict : Conflict.values()) {
            conflicts.add(
                    JsonObject.builder()
                            .put("id", conflict.id())
                            .put("text", conflict.meaning())
                            .build());
        }
        return new JsonArray(conflicts);
    }

    private static JsonObject labels() {
        JsonObject.Builder labels = JsonObject.builder();
        for (RequestField field : RequestField.values()) {
            labels.put(field.name(), Labels.of(field));
        }
        return labels.put("ALLOW", Labels.ALLOW).put("VGA_BIOS", Labels.VGA_BIOS).build();
    }

    /// The request that the form expresses. A member that is missing is decided, as an option that
    /// was not given.
    static RomRequest request(LocatedValue root) {
        PolicyRequest policy =
                new PolicyRequest(
                        root.member("lidOpen").map(LocatedValue::booleanValue).orElse(null),
                        isSet(root, "docked") ? true : null);
        return RomRequest.of(Engine.device(root, "device").orElse(null))
                .withTreatAs(Engine.device(root, "treatAs").orElse(null))
                .withMachine(root.member("machine").map(RomForm::machine).orElse(null))
                .withGop(new GopRequest(!isSet(root, "withoutGop"), bridge(root)))
                .withSource(
                        isSet(root, "embedded")
                                ? OpRegionSource.EMBEDDED
                                : OpRegionSource.HYPERVISOR_FIRST)
                .withAslsAlways(isSet(root, "aslsAlways"))
                .withVbt(new VbtRequest(words(root, "disabledOutputs"), isSet(root, "repacked")))
                .withStolen(
                        root.member("stolenBase").map(RomForm::mebibytes).orElse(null),
                        root.member("stolenSize").map(RomForm::mebibytes).orElse(null))
                .withPolicy(policy)
                .withCompression(isSet(root, "compressed"))
                .withAllowed(allowed(root));
    }

    private static boolean isSet(LocatedValue root, String name) {
        return root.member(name).map(LocatedValue::booleanValue).orElse(false);
    }

    private static List<String> words(LocatedValue root, String name) {
        List<String> words = new ArrayList<>();
        root.member(name)
                .ifPresent(all -> all.elements().forEach(word -> words.add(word.string())));
        return words;
    }

    private static GuestMachine machine(LocatedValue value) {
        for (GuestMachine machine : GuestMachine.values()) {
            if (machine.id().equals(value.string())) {
                return machine;
            }
        }
        throw value.malformed("is not a machine");
    }

    private static LpcBridgePolicy bridge(LocatedValue root) {
        if (isSet(root, "uneditedGop")) {
            return LpcBridgePolicy.NEVER;
        }
        return Engine.device(root, "pch")
                .map(bridge -> new LpcBridgePolicy(true, bridge))
                .orElse(LpcBridgePolicy.AUTO);
    }

    /// The hardware holds addresses and sizes of stolen memory in units of 1 MiB and 32 bits.
    private static Long mebibytes(LocatedValue value) {
        String text = value.string().strip();
        try {
            if (text.startsWith("0x")) {
                long number = HexFormat.fromHexDigitsToLong(text, 2, text.length());
                if (number > 0 && number % MIB == 0 && number < 1L << 32) {
                    return number;
                }
            }
        } catch (IllegalArgumentException _) {
            // The same message.
        }
        throw value.malformed(
                "is \"" + text + "\", not a multiple of 1 MiB below 4 GiB such as 0x8d800000");
    }

    private static Set<Conflict> allowed(LocatedValue root) {
        Set<Conflict> allowed = new LinkedHashSet<>();
        root.member("allowed")
                .ifPresent(all -> all.elements().forEach(word -> allowed.add(conflict(word))));
        return allowed;
    }

    private static Conflict conflict(LocatedValue value) {
        for (Conflict conflict : Conflict.values()) {
            if (conflict.id().equals(value.string())) {
                return conflict;
            }
        }
        throw value.malformed("is not a conflict");
    }
}
