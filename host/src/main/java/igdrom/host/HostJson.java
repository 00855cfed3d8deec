package igdrom.host;

import igdrom.json.JsonObject;
import igdrom.json.JsonString;
import igdrom.json.LocatedValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The kernel, the system and the hypervisors in a snapshot.
final class HostJson {
    private static final JsonCodec<List<String>> STRINGS = JsonCodec.list(JsonCodec.STRING);
    private static final JsonCodec<BootLoader> BOOT_LOADER =
            JsonCodec.choice(List.of(BootLoader.values()));
    private static final JsonCodec<OperatingSystem> SYSTEM =
            JsonCodec.choice(List.of(OperatingSystem.values()));
    private static final JsonCodec<List<TextConsole>> CONSOLES =
            JsonCodec.list(new JsonCodec<>(HostJson::write, HostJson::readConsole));
    private static final JsonCodec<ProcessorModel> MODEL =
            new JsonCodec<>(HostJson::write, HostJson::readModel);
    private static final JsonCodec<Map<String, String>> OPTIONS =
            new JsonCodec<>(HostJson::writeOptions, HostJson::readOptions);

    private HostJson() {}

    static JsonObject write(Vfio vfio) {
        return new RecordWriter()
                .fact("loaded", vfio.loaded(), JsonCodec.BOOLEAN)
                .fact("disableVga", vfio.disableVga(), JsonCodec.BOOLEAN)
                .fact("configured", vfio.configured(), STRINGS)
                .fact("nodes", vfio.nodes(), STRINGS)
                .build();
    }

    static Vfio readVfio(RecordReader in) {
        return new Vfio(
                in.fact("loaded", JsonCodec.BOOLEAN),
                in.fact("disableVga", JsonCodec.BOOLEAN),
                in.fact("configured", STRINGS),
                in.fact("nodes", STRINGS));
    }

    static JsonObject write(Kernel kernel) {
        return new RecordWriter()
                .fact("release", kernel.release(), JsonCodec.STRING)
                .fact("commandLine", kernel.commandLine(), JsonCodec.STRING)
                .fact("options", kernel.options(), OPTIONS)
                .fact("modules", kernel.modules(), STRINGS)
                .fact("consoles", kernel.consoles(), CONSOLES)
                .fact("log", kernel.log(), STRINGS)
                .build();
    }

    static Kernel readKernel(RecordReader in) {
        return new Kernel(
                in.fact("release", JsonCodec.STRING),
                in.fact("commandLine", JsonCodec.STRING),
                in.fact("options", OPTIONS),
                in.fact("modules", STRINGS),
                in.fact("consoles", CONSOLES),
                in.fact("log", STRINGS));
    }

    private static JsonObject write(TextConsole console) {
        return new RecordWriter()
                .value("name", console.name(), JsonCodec.STRING)
                .value("driver", console.driver(), JsonCodec.STRING)
                .value("bound", console.bound(), JsonCodec.BOOLEAN)
                .build();
    }

    private static TextConsole readConsole(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        TextConsole console =
                new TextConsole(
                        in.required("name", JsonCodec.STRING),
                        in.required("driver", JsonCodec.STRING),
                        in.required("bound", JsonCodec.BOOLEAN));
        in.checkNames();
        return console;
    }

    private static JsonObject writeOptions(Map<String, String> options) {
        JsonObject.Builder object = JsonObject.builder();
        new TreeMap<>(options).forEach((name, value) -> object.put(name, new JsonString(value)));
        return object.build();
    }

    private static Map<String, String> readOptions(LocatedValue value) {
        if (!(value.value() instanceof JsonObject(var members))) {
            throw value.malformed("is not an object");
        }
        Map<String, String> options = new TreeMap<>();
        for (String name : members.keySet()) {
            options.put(name, value.required(name).string());
        }
        return Map.copyOf(options);
    }

    static JsonObject write(Machine machine) {
        return new RecordWriter()
                .fact("system", machine.system(), SYSTEM)
                .fact("distribution", machine.distribution(), JsonCodec.STRING)
                .fact("distributionName", machine.distributionName(), JsonCodec.STRING)
                .fact("bootLoader", machine.bootLoader(), BOOT_LOADER)
                .fact("processor", machine.processor(), JsonCodec.STRING)
                .fact("processorModel", machine.processorModel(), MODEL)
                .fact("addressWidth", machine.addressWidth(), JsonCodec.INTEGER)
                .fact("virtual", machine.virtual(), JsonCodec.BOOLEAN)
                .fact("container", machine.container(), JsonCodec.BOOLEAN)
                .build();
    }

    static Machine readMachine(RecordReader in) {
        return new Machine(
                in.fact("system", SYSTEM),
                in.fact("distribution", JsonCodec.STRING),
                in.fact("distributionName", JsonCodec.STRING),
                in.fact("bootLoader", BOOT_LOADER),
                in.fact("processor", JsonCodec.STRING),
                in.fact("processorModel", MODEL),
                in.fact("addressWidth", JsonCodec.INTEGER),
                in.fact("virtual", JsonCodec.BOOLEAN),
                in.fact("container", JsonCodec.BOOLEAN));
    }

    private static JsonObject write(ProcessorModel model) {
        return new RecordWriter()
                .value("family", model.family(), JsonCodec.INTEGER)
                .value("model", model.model(), JsonCodec.INTEGER)
                .value("stepping", model.stepping(), JsonCodec.INTEGER)
                .build();
    }

    private static ProcessorModel readModel(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        ProcessorModel model =
                new ProcessorModel(
                        in.required("family", JsonCodec.INTEGER),
                        in.required("model", JsonCodec.INTEGER),
                        in.required("stepping", JsonCodec.INTEGER));
        in.checkNames();
        return model;
    }

    static JsonObject write(Hypervisors hypervisors) {
        return new RecordWriter()
                .fact("qemu", hypervisors.qemu(), JsonCodec.optional(JsonCodec.STRING))
                .fact("qemuIgd", hypervisors.qemuIgd(), STRINGS)
                .fact("libvirt", hypervisors.libvirt(), JsonCodec.optional(JsonCodec.STRING))
                .fact("proxmox", hypervisors.proxmox(), JsonCodec.optional(JsonCodec.STRING))
                .fact("ovmf", hypervisors.ovmf(), STRINGS)
                .build();
    }

    static Hypervisors readHypervisors(RecordReader in) {
        return new Hypervisors(
                in.fact("qemu", JsonCodec.optional(JsonCodec.STRING)),
                in.fact("qemuIgd", STRINGS),
                in.fact("libvirt", JsonCodec.optional(JsonCodec.STRING)),
                in.fact("proxmox", JsonCodec.optional(JsonCodec.STRING)),
                in.fact("ovmf", STRINGS));
    }
}
