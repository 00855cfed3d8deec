package igdrom.host;

import igdrom.json.JsonObject;
import igdrom.json.LocatedValue;
import java.util.List;

/// The display of an IGD in a snapshot.
final class GraphicsJson {
    private static final JsonCodec<List<FramebufferHolder>> HOLDERS =
            JsonCodec.list(new JsonCodec<>(GraphicsJson::write, GraphicsJson::readHolder));
    private static final JsonCodec<List<Connector>> CONNECTORS =
            JsonCodec.list(new JsonCodec<>(GraphicsJson::write, GraphicsJson::readConnector));
    private static final JsonCodec<List<DeviceUser>> USERS =
            JsonCodec.list(new JsonCodec<>(GraphicsJson::write, GraphicsJson::readUser));
    private static final JsonCodec<List<DeviceRomImage>> ROM =
            JsonCodec.list(new JsonCodec<>(GraphicsJson::write, GraphicsJson::readRomImage));

    private GraphicsJson() {}

    static void write(Graphics graphics, RecordWriter out) {
        out.fact("opRegion", graphics.opRegion(), JsonCodec.BYTES)
                .fact("vbt", graphics.vbt(), JsonCodec.BYTES)
                .fact("stolenMemory", graphics.stolenMemory(), JsonCodec.RANGE)
                .fact("framebufferHolders", graphics.holders(), HOLDERS)
                .fact("connectors", graphics.connectors(), CONNECTORS)
                .fact("users", graphics.users(), USERS)
                .fact("rom", graphics.rom(), ROM);
    }

    static Graphics read(RecordReader in) {
        return new Graphics(
                in.fact("opRegion", JsonCodec.BYTES),
                in.fact("vbt", JsonCodec.BYTES),
                in.fact("stolenMemory", JsonCodec.RANGE),
                in.fact("framebufferHolders", HOLDERS),
                in.fact("connectors", CONNECTORS),
                in.fact("users", USERS),
                in.fact("rom", ROM));
    }

    private static JsonObject write(FramebufferHolder holder) {
        return new RecordWriter()
                .value("name", holder.name(), JsonCodec.STRING)
                .value("source", holder.source(), JsonCodec.STRING)
                .build();
    }

    private static FramebufferHolder readHolder(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        FramebufferHolder holder =
                new FramebufferHolder(
                        in.required("name", JsonCodec.STRING),
                        in.required("source", JsonCodec.STRING));
        in.checkNames();
        return holder;
    }

    private static JsonObject write(Connector connector) {
        return new RecordWriter()
                .value("name", connector.name(), JsonCodec.STRING)
                .value("connected", connector.connected(), JsonCodec.BOOLEAN)
                .fact("edid", connector.edid(), JsonCodec.BYTES)
                .build();
    }

    private static Connector readConnector(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        Connector connector =
                new Connector(
                        in.required("name", JsonCodec.STRING),
                        in.required("connected", JsonCodec.BOOLEAN),
                        in.fact("edid", JsonCodec.BYTES));
        in.checkNames();
        return connector;
    }

    private static JsonObject write(DeviceUser user) {
        return new RecordWriter()
                .value("program", user.program(), JsonCodec.STRING)
                .value("process", user.process(), JsonCodec.INTEGER)
                .value("node", user.node(), JsonCodec.STRING)
                .build();
    }

    private static DeviceUser readUser(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        DeviceUser user =
                new DeviceUser(
                        in.required("program", JsonCodec.STRING),
                        in.required("process", JsonCodec.INTEGER),
                        in.required("node", JsonCodec.STRING));
        in.checkNames();
        return user;
    }

    private static JsonObject write(DeviceRomImage image) {
        return new RecordWriter()
                .value("codeType", image.codeType(), JsonCodec.INTEGER)
                .value("id", image.id(), JsonCodec.ID)
                .value("size", image.size(), JsonCodec.SIZE)
                .build();
    }

    private static DeviceRomImage readRomImage(LocatedValue value) {
        RecordReader in = RecordReader.of(value);
        DeviceRomImage image =
                new DeviceRomImage(
                        in.required("codeType", JsonCodec.INTEGER),
                        in.required("id", JsonCodec.ID),
                        in.required("size", JsonCodec.SIZE));
        in.checkNames();
        return image;
    }
}
