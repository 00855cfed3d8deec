package igdrom.host;

import igdrom.formats.acpi.Dmar;
import igdrom.json.JsonObject;
import igdrom.json.LocatedValue;
import java.util.List;
import java.util.Optional;

/// The IOMMU in a snapshot.
final class IommuJson {
    private static final JsonCodec<List<String>> STRINGS = JsonCodec.list(JsonCodec.STRING);
    private static final JsonCodec<List<RemappingUnit>> UNITS =
            JsonCodec.list(new JsonCodec<>(IommuJson::write, IommuJson::readUnit));
    private static final JsonCodec<List<IommuGroup.Reserved>> RESERVED =
            JsonCodec.list(new JsonCodec<>(IommuJson::write, IommuJson::readReserved));
    private static final JsonCodec<List<IommuGroup>> GROUPS =
            JsonCodec.list(new JsonCodec<>(IommuJson::write, IommuJson::readGroup));
    private static final JsonCodec<List<Dmar.Unit>> TABLE_UNITS =
            JsonCodec.list(new JsonCodec<>(IommuJson::write, IommuJson::readTableUnit));
    private static final JsonCodec<List<Dmar.ReservedMemory>> TABLE_RESERVED =
            JsonCodec.list(new JsonCodec<>(IommuJson::write, IommuJson::readReservedMemory));
    private static final JsonCodec<Optional<Dmar>> DMAR =
            JsonCodec.optional(new JsonCodec<>(IommuJson::write, IommuJson::readDmar));

    private IommuJson() {}

    static JsonObject write(Iommu iommu) {
        return new RecordWriter()
                .fact("units", iommu.units(), UNITS)
                .fact("groups", iommu.groups(), GROUPS)
                .fact("dmar", iommu.dmar(), DMAR)
                .build();
    }

    static Iommu read(RecordReader in) {
        return new Iommu(in.fact("units", UNITS), in.fact("groups", GROUPS), in.fact("dmar", DMAR));
    }

    private static JsonObject write(RemappingUnit unit) {
        return new RecordWriter()
                .value("name", unit.name(), JsonCodec.STRING)
                .value("base", unit.base(), JsonCodec.ADDRESS)
                .value("capability", unit.capability(), JsonCodec.ADDRESS)
                .value("extendedCapability", unit.extendedCapability(), JsonCodec.ADDRESS)
                .fact("functions", unit.functions(), STRINGS)
                .build();
    }

    private static RemappingUnit readUnit(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        RemappingUnit unit =
                new RemappingUnit(
                        in.required("name", JsonCodec.STRING),
                        in.required("base", JsonCodec.ADDRESS),
                        in.required("capability", JsonCodec.ADDRESS),
                        in.required("extendedCapability", JsonCodec.ADDRESS),
                        in.fact("functions", STRINGS));
        in.checkNames();
        return unit;
    }

    private static JsonObject write(IommuGroup group) {
        return new RecordWriter()
                .value("number", group.number(), JsonCodec.INTEGER)
                .value("functions", group.functions(), STRINGS)
                .fact("reserved", group.reserved(), RESERVED)
                .build();
    }

    private static IommuGroup readGroup(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        IommuGroup group =
                new IommuGroup(
                        in.required("number", JsonCodec.INTEGER),
                        in.required("functions", STRINGS),
                        in.fact("reserved", RESERVED));
        in.checkNames();
        return group;
    }

    private static JsonObject write(IommuGroup.Reserved reserved) {
        return new RecordWriter()
                .value("base", reserved.range().base(), JsonCodec.ADDRESS)
                .value("size", reserved.range().size(), JsonCodec.ADDRESS)
                .value("type", reserved.type(), JsonCodec.STRING)
                .build();
    }

    private static IommuGroup.Reserved readReserved(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        IommuGroup.Reserved reserved =
                new IommuGroup.Reserved(
                        JsonCodec.range(
                                value,
                                in.required("base", JsonCodec.ADDRESS),
                                in.required("size", JsonCodec.ADDRESS)),
                        in.required("type", JsonCodec.STRING));
        in.checkNames();
        return reserved;
    }

    private static JsonObject write(Dmar dmar) {
        return new RecordWriter()
                .value("addressWidth", dmar.addressWidth(), JsonCodec.INTEGER)
                .value("units", dmar.units(), TABLE_UNITS)
                .value("reserved", dmar.reserved(), TABLE_RESERVED)
                .value("types", dmar.types(), JsonCodec.list(JsonCodec.INTEGER))
                .build();
    }

    private static Dmar readDmar(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        Dmar dmar =
                new Dmar(
                        in.required("addressWidth", JsonCodec.INTEGER),
                        in.required("units", TABLE_UNITS),
                        in.required("reserved", TABLE_RESERVED),
                        in.required("types", JsonCodec.list(JsonCodec.INTEGER)));
        in.checkNames();
        return dmar;
    }

    private static JsonObject write(Dmar.Unit unit) {
        return new RecordWriter()
                .value("base", unit.base(), JsonCodec.ADDRESS)
                .value("allDevices", unit.allDevices(), JsonCodec.BOOLEAN)
                .value("devices", unit.devices(), STRINGS)
                .build();
    }

    private static Dmar.Unit readTableUnit(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        Dmar.Unit unit =
                new Dmar.Unit(
                        in.required("base", JsonCodec.ADDRESS),
                        in.required("allDevices", JsonCodec.BOOLEAN),
                        in.required("devices", STRINGS));
        in.checkNames();
        return unit;
    }

    private static JsonObject write(Dmar.ReservedMemory reserved) {
        return new RecordWriter()
                .value("base", reserved.base(), JsonCodec.ADDRESS)
                .value("last", reserved.last(), JsonCodec.ADDRESS)
                .value("devices", reserved.devices(), STRINGS)
                .build();
    }

    private static Dmar.ReservedMemory readReservedMemory(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        Dmar.ReservedMemory reserved =
                new Dmar.ReservedMemory(
                        in.required("base", JsonCodec.ADDRESS),
                        in.required("last", JsonCodec.ADDRESS),
                        in.required("devices", STRINGS));
        in.checkNames();
        return reserved;
    }
}
