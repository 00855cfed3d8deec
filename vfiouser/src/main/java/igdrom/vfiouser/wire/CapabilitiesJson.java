package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Capabilities as the JSON object that a VERSION message carries.
///
/// Spec: vfio-user, "VFIO_USER_VERSION", "Version Data Format". Fields that we do not know are
/// ignored.
final class CapabilitiesJson {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxDocumentLength(Version.MAX_DATA_SIZE)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    private long maxMsgFds = Capabilities.DEFAULT.maxMsgFds();
    private long maxDataXferSize = Capabilities.DEFAULT.maxDataXferSize();
    private long maxDmaMaps = Capabilities.DEFAULT.maxDmaMaps();
    private long pageSizes = Capabilities.DEFAULT.pageSizes();
    private boolean writeMultiple = Capabilities.DEFAULT.writeMultiple();
    private boolean twinSocket = Capabilities.DEFAULT.twinSocket();

    private CapabilitiesJson() {}

    /// Reads the fields of one object; the parser is at a field's value.
    private interface Fields {
        /// Reads the value, or skips it.
        void read(String name, JsonParser value) throws RefusedException;
    }

    static Capabilities read(Image json) throws RefusedException {
        CapabilitiesJson found = new CapabilitiesJson();
        try (InputStream in = json.stream();
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            readObject("version data", parser, found::readVersionData);
            if (parser.nextToken() != null) {
                throw RefusedException.invalid("version data continues after its end");
            }
        } catch (JacksonException e) {
            throw RefusedException.invalid("version data is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new AssertionError("an image in memory cannot fail", e);
        }
        return new Capabilities(
                found.maxMsgFds,
                found.maxDataXferSize,
                found.maxDmaMaps,
                found.pageSizes,
                found.writeMultiple,
                found.twinSocket);
    }

    private void readVersionData(String name, JsonParser value) throws RefusedException {
        switch (name) {
            case "capabilities" -> readObject(name, value, this::readCapability);
            default -> value.skipChildren();
        }
    }

    private void readCapability(String name, JsonParser value) throws RefusedException {
        switch (name) {
            case "max_msg_fds" -> maxMsgFds = number(name, value);
            case "max_data_xfer_size" -> maxDataXferSize = number(name, value);
            case "max_dma_maps" -> maxDmaMaps = number(name, value);
            case "pgsizes" -> pageSizes = number(name, value);
            case "write_multiple" -> writeMultiple = bool(name, value);
            case "twin_socket" -> readObject(name, value, this::readTwinSocket);
            default -> value.skipChildren();
        }
    }

    private void readTwinSocket(String name, JsonParser value) throws RefusedException {
        switch (name) {
            case "supported" -> twinSocket = bool(name, value);
            default -> value.skipChildren();
        }
    }

    private static void readObject(String name, JsonParser parser, Fields fields)
            throws RefusedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RefusedException.invalid(name + " is not an object");
        }
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            parser.nextToken();
            fields.read(field, parser);
        }
    }

    private static long number(String name, JsonParser value) throws RefusedException {
        if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
                && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && value.getLongValue() >= 0) {
            return value.getLongValue();
        }
        throw RefusedException.invalid(name + " is not an unsigned number");
    }

    private static boolean bool(String name, JsonParser value) throws RefusedException {
        return switch (value.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw RefusedException.invalid(name + " is not a boolean");
        };
    }

    static String write(Capabilities capabilities) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("capabilities");
            json.writeNumberProperty("max_msg_fds", capabilities.maxMsgFds());
            json.writeNumberProperty("max_data_xfer_size", capabilities.maxDataXferSize());
            json.writeNumberProperty("max_dma_maps", capabilities.maxDmaMaps());
            json.writeNumberProperty("pgsizes", capabilities.pageSizes());
            json.writeBooleanProperty("write_multiple", capabilities.writeMultiple());
            if (capabilities.twinSocket()) {
                // Left out when false: QEMU warns about fields that it does not know.
                json.writeObjectPropertyStart("twin_socket");
                json.writeBooleanProperty("supported", true);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toString();
    }
}
