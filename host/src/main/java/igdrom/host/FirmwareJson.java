package igdrom.host;

import igdrom.formats.acpi.Mcfg;
import igdrom.json.JsonObject;
import igdrom.json.LocatedValue;
import java.util.List;

/// The firmware in a snapshot.
final class FirmwareJson {
    private static final JsonCodec<List<FirmwareImage.FoundGop>> GOPS =
            JsonCodec.list(new JsonCodec<>(FirmwareJson::write, FirmwareJson::readGop));
    private static final JsonCodec<List<FirmwareImage.FoundVbt>> VBTS =
            JsonCodec.list(new JsonCodec<>(FirmwareJson::write, FirmwareJson::readVbt));

    private static final JsonCodec<AcpiTable.Definition> DEFINITION =
            new JsonCodec<>(FirmwareJson::write, FirmwareJson::readDefinition);
    private static final JsonCodec<List<AcpiTable>> TABLES =
            JsonCodec.list(new JsonCodec<>(FirmwareJson::write, FirmwareJson::readTable));
    private static final JsonCodec<List<Mcfg.Window>> WINDOWS =
            JsonCodec.list(new JsonCodec<>(FirmwareJson::write, FirmwareJson::readWindow));

    static final JsonCodec<FirmwareImage> IMAGE =
            new JsonCodec<>(FirmwareJson::write, FirmwareJson::readImage);

    private FirmwareJson() {}

    static JsonObject write(BootFirmware firmware) {
        return new RecordWriter()
                .fact("uefi", firmware.uefi(), JsonCodec.BOOLEAN)
                .fact("uefiBits", firmware.uefiBits(), JsonCodec.INTEGER)
                .fact("secureBoot", firmware.secureBoot(), JsonCodec.BOOLEAN)
                .fact("bootLogo", firmware.bootLogo(), JsonCodec.BOOLEAN)
                .fact("consoles", firmware.consoles(), JsonCodec.list(JsonCodec.STRING))
                .fact("flash", firmware.flash(), JsonCodec.list(JsonCodec.STRING))
                .fact("lockdown", firmware.lockdown(), JsonCodec.STRING)
                .fact("vendor", firmware.vendor(), JsonCodec.STRING)
                .fact("product", firmware.product(), JsonCodec.STRING)
                .fact("board", firmware.board(), JsonCodec.STRING)
                .fact("version", firmware.version(), JsonCodec.STRING)
                .fact("date", firmware.date(), JsonCodec.STRING)
                .fact("tables", firmware.tables(), TABLES)
                .fact("configWindows", firmware.configWindows(), WINDOWS)
                .build();
    }

    static BootFirmware read(RecordReader in) {
        return new BootFirmware(
                in.fact("uefi", JsonCodec.BOOLEAN),
                in.fact("uefiBits", JsonCodec.INTEGER),
                in.fact("secureBoot", JsonCodec.BOOLEAN),
                in.fact("bootLogo", JsonCodec.BOOLEAN),
                in.fact("consoles", JsonCodec.list(JsonCodec.STRING)),
                in.fact("flash", JsonCodec.list(JsonCodec.STRING)),
                in.fact("lockdown", JsonCodec.STRING),
                in.fact("vendor", JsonCodec.STRING),
                in.fact("product", JsonCodec.STRING),
                in.fact("board", JsonCodec.STRING),
                in.fact("version", JsonCodec.STRING),
                in.fact("date", JsonCodec.STRING),
                in.fact("tables", TABLES),
                in.fact("configWindows", WINDOWS));
    }

    private static JsonObject write(AcpiTable table) {
        return new RecordWriter()
                .value("name", table.name(), JsonCodec.STRING)
                .fact("definition", table.definition(), DEFINITION)
                .build();
    }

    private static AcpiTable readTable(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        AcpiTable table =
                new AcpiTable(
                        in.required("name", JsonCodec.STRING), in.fact("definition", DEFINITION));
        in.checkNames();
        return table;
    }

    private static JsonObject write(AcpiTable.Definition definition) {
        return new RecordWriter()
                .value("size", definition.size(), JsonCodec.SIZE)
                .value("maker", definition.maker(), JsonCodec.STRING)
                .value("table", definition.table(), JsonCodec.STRING)
                .value("graphics", definition.graphics(), JsonCodec.BOOLEAN)
                .value("rom", definition.rom(), JsonCodec.BOOLEAN)
                .build();
    }

    private static AcpiTable.Definition readDefinition(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        AcpiTable.Definition definition =
                new AcpiTable.Definition(
                        in.required("size", JsonCodec.SIZE),
                        in.required("maker", JsonCodec.STRING),
                        in.required("table", JsonCodec.STRING),
                        in.required("graphics", JsonCodec.BOOLEAN),
                        in.required("rom", JsonCodec.BOOLEAN));
        in.checkNames();
        return definition;
    }

    private static JsonObject write(Mcfg.Window window) {
        return new RecordWriter()
                .value("base", window.base(), JsonCodec.ADDRESS)
                .value("segment", window.segment(), JsonCodec.INTEGER)
                .value("firstBus", window.firstBus(), JsonCodec.INTEGER)
                .value("lastBus", window.lastBus(), JsonCodec.INTEGER)
                .build();
    }

    private static Mcfg.Window readWindow(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        Mcfg.Window window =
                new Mcfg.Window(
                        in.required("base", JsonCodec.ADDRESS),
                        in.required("segment", JsonCodec.INTEGER),
                        in.required("firstBus", JsonCodec.INTEGER),
                        in.required("lastBus", JsonCodec.INTEGER));
        in.checkNames();
        return window;
    }

    private static JsonObject write(FirmwareImage image) {
        return new RecordWriter()
                .value("size", image.size(), JsonCodec.SIZE)
                .value("gops", image.gops(), GOPS)
                .value("vbts", image.vbts(), VBTS)
                .value("vgaBioses", image.vgaBioses(), JsonCodec.list(JsonCodec.ID))
                .build();
    }

    private static FirmwareImage readImage(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        FirmwareImage image =
                new FirmwareImage(
                        in.required("size", JsonCodec.SIZE),
                        in.required("gops", GOPS),
                        in.required("vbts", VBTS),
                        in.required("vgaBioses", JsonCodec.list(JsonCodec.ID)));
        in.checkNames();
        return image;
    }

    private static JsonObject write(FirmwareImage.FoundGop gop) {
        return new RecordWriter()
                .value("version", gop.version(), JsonCodec.STRING)
                .value("devices", gop.devices(), JsonCodec.list(JsonCodec.ID))
                .value("size", gop.size(), JsonCodec.SIZE)
                .value("sha256", gop.sha256(), JsonCodec.STRING)
                .build();
    }

    private static FirmwareImage.FoundGop readGop(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        FirmwareImage.FoundGop gop =
                new FirmwareImage.FoundGop(
                        in.required("version", JsonCodec.STRING),
                        in.required("devices", JsonCodec.list(JsonCodec.ID)),
                        in.required("size", JsonCodec.SIZE),
                        in.required("sha256", JsonCodec.STRING));
        in.checkNames();
        return gop;
    }

    private static JsonObject write(FirmwareImage.FoundVbt vbt) {
        return new RecordWriter()
                .value("name", vbt.name(), JsonCodec.STRING)
                .value("version", vbt.version(), JsonCodec.INTEGER)
                .value("size", vbt.size(), JsonCodec.SIZE)
                .value("sha256", vbt.sha256(), JsonCodec.STRING)
                .build();
    }

    private static FirmwareImage.FoundVbt readVbt(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        FirmwareImage.FoundVbt vbt =
                new FirmwareImage.FoundVbt(
                        in.required("name", JsonCodec.STRING),
                        in.required("version", JsonCodec.INTEGER),
                        in.required("size", JsonCodec.SIZE),
                        in.required("sha256", JsonCodec.STRING));
        in.checkNames();
        return vbt;
    }
}
