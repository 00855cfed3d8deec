package igdrom.host;

import igdrom.bytes.Image;
import igdrom.json.JsonFormat;
import igdrom.json.JsonObject;
import igdrom.json.LocatedValue;
import igdrom.json.MalformedJsonException;
import java.util.List;

/// A snapshot as a JSON document.
///
/// Spec: docs/snapshot.md, schema 1.
public final class SnapshotJson {
    private static final int SCHEMA = 1;
    private static final String KIND = "igdrom-snapshot";

    private static final String NOT_READ = "notRead";

    /// Maximum size of a file; a snapshot has some 200 KiB.
    public static final int MAX_SIZE = 4 << 20;

    /// Written for people; igdrom itself knows what it does not read.
    private static final JsonCodec<List<NotRead>> NOT_READ_CODEC =
            JsonCodec.list(
                    new JsonCodec<>(
                            one ->
                                    new RecordWriter()
                                            .value("source", one.source(), JsonCodec.STRING)
                                            .value("reason", one.reason(), JsonCodec.STRING)
                                            .build(),
                            value -> {
                                RecordReader in = RecordReader.of(value);
                                NotRead one =
                                        new NotRead(
                                                in.required("source", JsonCodec.STRING),
                                                in.required("reason", JsonCodec.STRING));
                                in.checkNames();
                                return one;
                            }));

    private SnapshotJson() {}

    /// Reads a file.
    ///
    /// @param name of the file, for messages
    /// @throws MalformedJsonException when it is not a snapshot
    public static Snapshot read(Image file, String name, JsonFormat format) {
        if (file.size() > MAX_SIZE) {
            throw new MalformedJsonException(
                    name,
                    "",
                    "has %d bytes, a snapshot has at most %d".formatted(file.size(), MAX_SIZE));
        }
        return read(format.parse(file, name));
    }

    /// Reads a document strictly: an unknown member is an error, a missing one is an unknown fact.
    ///
    /// @throws MalformedJsonException when it is not a snapshot
    public static Snapshot read(LocatedValue root) {
        LocatedValue schema = root.required("schema");
        if (schema.number() != SCHEMA) {
            throw schema.malformed("is not " + SCHEMA);
        }
        LocatedValue kind = root.required("kind");
        if (!kind.string().equals(KIND)) {
            throw kind.malformed("is not \"" + KIND + "\"");
        }
        RecordReader in = RecordReader.of(root);
        Snapshot snapshot =
                new Snapshot(
                        in.text("measuredBy", "not said"),
                        PciJson.read(in),
                        GraphicsJson.read(in),
                        in.part("iommu", IommuJson::read),
                        in.part("firmware", FirmwareJson::read),
                        in.part("vfio", HostJson::readVfio),
                        in.part("kernel", HostJson::readKernel),
                        in.part("machine", HostJson::readMachine),
                        in.part("hypervisors", HostJson::readHypervisors),
                        in.fact("image", FirmwareJson.IMAGE));
        // Checked and not kept.
        List<NotRead> _ = root.member(NOT_READ).map(NOT_READ_CODEC.read()).orElse(List.of());
        in.checkNames("schema", "kind", NOT_READ);
        return snapshot;
    }

    /// The text of a file, which ends with a line end.
    public static String print(Snapshot snapshot, JsonFormat format) {
        return format.print(write(snapshot), JsonFormat.Layout.INDENTED) + "\n";
    }

    public static JsonObject write(Snapshot snapshot) {
        RecordWriter out =
                new RecordWriter()
                        .value("schema", SCHEMA, JsonCodec.INTEGER)
                        .value("kind", KIND, JsonCodec.STRING)
                        .value("measuredBy", snapshot.measuredBy(), JsonCodec.STRING);
        PciJson.write(snapshot.pci(), out);
        GraphicsJson.write(snapshot.graphics(), out);
        return out.part("iommu", snapshot.iommu(), IommuJson::write)
                .part("firmware", snapshot.firmware(), FirmwareJson::write)
                .part("vfio", snapshot.vfio(), HostJson::write)
                .part("kernel", snapshot.kernel(), HostJson::write)
                .part("machine", snapshot.machine(), HostJson::write)
                .part("hypervisors", snapshot.hypervisors(), HostJson::write)
                .fact("image", snapshot.image(), FirmwareJson.IMAGE)
                .value(NOT_READ, NotRead.ALL, NOT_READ_CODEC)
                .build();
    }
}
