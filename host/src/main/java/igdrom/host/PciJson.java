package igdrom.host;

import igdrom.json.JsonObject;
import igdrom.json.LocatedValue;
import java.util.List;

/// PCI functions in a snapshot.
final class PciJson {
    private static final JsonCodec<PciBar.Kind> KIND =
            JsonCodec.choice(List.of(PciBar.Kind.values()));
    private static final JsonCodec<List<PciBar>> BARS =
            JsonCodec.list(new JsonCodec<>(PciJson::write, PciJson::readBar));
    private static final JsonCodec<VirtualFunctions> VIRTUAL =
            new JsonCodec<>(PciJson::write, PciJson::readVirtual);
    private static final JsonCodec<List<PciFunction>> FUNCTIONS =
            JsonCodec.list(
                    new JsonCodec<>(
                            PciJson::write,
                            value -> {
                                RecordReader in = RecordReader.of(value);
                                PciFunction function =
                                        read(in, in.required("address", JsonCodec.STRING));
                                in.checkNames();
                                return function;
                            }));

    private PciJson() {}

    static void write(PciFunctions pci, RecordWriter out) {
        out.part("igd", pci.igd(), PciJson::write)
                .part("hostBridge", pci.hostBridge(), PciJson::write)
                .part("lpc", pci.lpc(), PciJson::write)
                .fact("otherFunctions", pci.others(), FUNCTIONS);
    }

    static PciFunctions read(RecordReader in) {
        return new PciFunctions(
                in.part("igd", part -> readOwn(part, PciFunctions.USUAL_IGD)),
                in.part("hostBridge", part -> readOwn(part, PciFunctions.HOST_BRIDGE)),
                in.part("lpc", part -> readOwn(part, PciFunctions.LPC_BRIDGE)),
                in.fact("otherFunctions", FUNCTIONS));
    }

    private static JsonObject write(PciFunction function) {
        PciUse use = function.use();
        return new RecordWriter()
                .value("address", function.address(), JsonCodec.STRING)
                .fact("id", function.id(), JsonCodec.ID)
                .fact("revision", function.revision(), JsonCodec.digits(2))
                .fact("class", function.classCode(), JsonCodec.digits(6))
                .fact("subsystem", function.subsystem(), JsonCodec.ID)
                .fact("config", function.config(), JsonCodec.BYTES)
                .fact("driver", use.driver(), JsonCodec.optional(JsonCodec.STRING))
                .fact("driverOverride", use.driverOverride(), JsonCodec.optional(JsonCodec.STRING))
                .fact("iommuGroup", use.iommuGroup(), JsonCodec.optional(JsonCodec.INTEGER))
                .fact("bars", use.bars(), BARS)
                .fact("bootVga", use.bootVga(), JsonCodec.BOOLEAN)
                .fact("resetMethods", use.resetMethods(), JsonCodec.list(JsonCodec.STRING))
                .fact("powerState", use.powerState(), JsonCodec.STRING)
                .fact("d3coldAllowed", use.d3coldAllowed(), JsonCodec.BOOLEAN)
                .fact(
                        "physicalFunction",
                        use.physicalFunction(),
                        JsonCodec.optional(JsonCodec.STRING))
                .fact("virtualFunctions", use.virtualFunctions(), VIRTUAL)
                .build();
    }

    private static PciFunction readOwn(RecordReader in, String usualAddress) {
        return read(in, in.text("address", usualAddress));
    }

    private static PciFunction read(RecordReader in, String address) {
        return new PciFunction(
                address,
                in.fact("id", JsonCodec.ID),
                in.fact("revision", JsonCodec.digits(2)),
                in.fact("class", JsonCodec.digits(6)),
                in.fact("subsystem", JsonCodec.ID),
                in.fact("config", JsonCodec.BYTES),
                new PciUse(
                        in.fact("driver", JsonCodec.optional(JsonCodec.STRING)),
                        in.fact("driverOverride", JsonCodec.optional(JsonCodec.STRING)),
                        in.fact("iommuGroup", JsonCodec.optional(JsonCodec.INTEGER)),
                        in.fact("bars", BARS),
                        in.fact("bootVga", JsonCodec.BOOLEAN),
                        in.fact("resetMethods", JsonCodec.list(JsonCodec.STRING)),
                        in.fact("powerState", JsonCodec.STRING),
                        in.fact("d3coldAllowed", JsonCodec.BOOLEAN),
                        in.fact("physicalFunction", JsonCodec.optional(JsonCodec.STRING)),
                        in.fact("virtualFunctions", VIRTUAL)));
    }

    private static JsonObject write(PciBar bar) {
        return new RecordWriter()
                .value("index", bar.index(), JsonCodec.INTEGER)
                .value("kind", bar.kind(), KIND)
                .value("base", bar.range().base(), JsonCodec.ADDRESS)
                .value("size", bar.range().size(), JsonCodec.ADDRESS)
                .build();
    }

    private static PciBar readBar(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        PciBar bar =
                new PciBar(
                        in.required("index", JsonCodec.INTEGER),
                        in.required("kind", KIND),
                        JsonCodec.range(
                                value,
                                in.required("base", JsonCodec.ADDRESS),
                                in.required("size", JsonCodec.ADDRESS)));
        in.checkNames();
        return bar;
    }

    private static JsonObject write(VirtualFunctions functions) {
        return new RecordWriter()
                .value("total", functions.total(), JsonCodec.INTEGER)
                .value("enabled", functions.enabled(), JsonCodec.INTEGER)
                .build();
    }

    private static VirtualFunctions readVirtual(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        VirtualFunctions functions =
                new VirtualFunctions(
                        in.required("total", JsonCodec.INTEGER),
                        in.required("enabled", JsonCodec.INTEGER));
        in.checkNames();
        return functions;
    }
}
