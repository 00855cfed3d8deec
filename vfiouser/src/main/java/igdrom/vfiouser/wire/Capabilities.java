package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// What the sender of a [Version] can do. Names we do not know are passed over.
///
/// Spec: vfio-user, "VFIO_USER_VERSION", "Capabilities" and their defaults.
///
/// @param maxMsgFds how many descriptors it takes with one message
/// @param maxDataXferSize how much data with one message
/// @param maxDmaMaps how many ranges of memory at a time
/// @param pageSizes a bit for each size
/// @param twinSocket it would use a second socket for the server's commands
public record Capabilities(
        long maxMsgFds,
        long maxDataXferSize,
        long maxDmaMaps,
        long pageSizes,
        boolean writeMultiple,
        boolean twinSocket) {
    /// What holds for whom says nothing.
    public static final Capabilities DEFAULT =
            new Capabilities(1, 1 << 20, 65535, 4096, false, false);

    /// How many descriptors we take: QEMU allows its peers to say no more.
    public static final int MAX_MSG_FDS = 16;

    public static final int MAX_DMA_MAPS = 65535;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxDocumentLength(Version.MAX_DATA)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    /// What this side can do.
    static Capabilities ours() {
        return new Capabilities(
                MAX_MSG_FDS, Header.MAX_DATA_XFER_SIZE, MAX_DMA_MAPS, 4096, true, false);
    }

    static Capabilities read(Image json) throws RefusedException {
        try (InputStream in = json.stream();
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            Capabilities found = DEFAULT;
            begin(parser.nextToken(), "version data");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean known = parser.currentName().equals("capabilities");
                JsonToken value = parser.nextToken();
                if (known) {
                    begin(value, "capabilities");
                    found = members(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw RefusedException.invalid("version data goes on behind its end");
            }
            return found;
        } catch (JacksonException e) {
            throw RefusedException.invalid("version data is no JSON: " + e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw new AssertionError("an image in memory", e);
        }
    }

    private static Capabilities members(JsonParser in) throws RefusedException {
        long maxMsgFds = DEFAULT.maxMsgFds;
        long maxDataXferSize = DEFAULT.maxDataXferSize;
        long maxDmaMaps = DEFAULT.maxDmaMaps;
        long pageSizes = DEFAULT.pageSizes;
        boolean writeMultiple = false;
        boolean twinSocket = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "max_msg_fds" -> maxMsgFds = number(in, name);
                case "max_data_xfer_size" -> maxDataXferSize = number(in, name);
                case "max_dma_maps" -> maxDmaMaps = number(in, name);
                case "pgsizes" -> pageSizes = number(in, name);
                case "write_multiple" -> writeMultiple = bool(in, name);
                case "twin_socket" -> twinSocket = twinSocket(in);
                default -> in.skipChildren();
            }
        }
        return new Capabilities(
                maxMsgFds, maxDataXferSize, maxDmaMaps, pageSizes, writeMultiple, twinSocket);
    }

    private static boolean twinSocket(JsonParser in) throws RefusedException {
        begin(in.currentToken(), "twin_socket");
        boolean supported = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals("supported")) {
                supported = bool(in, name);
            } else {
                in.skipChildren();
            }
        }
        return supported;
    }

    private static void begin(@org.jspecify.annotations.Nullable JsonToken token, String name)
            throws RefusedException {
        if (token != JsonToken.START_OBJECT) {
            throw RefusedException.invalid(name + " is no object");
        }
    }

    private static long number(JsonParser in, String name) throws RefusedException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && in.getLongValue() >= 0) {
            return in.getLongValue();
        }
        throw RefusedException.invalid(name + " is no number");
    }

    private static boolean bool(JsonParser in, String name) throws RefusedException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw RefusedException.invalid(name + " is no boolean");
        };
    }

    /// As a client reads it. `twin_socket` is left out when it is not supported: QEMU warns of
    /// names that it does not know.
    String json() {
        return "{\"capabilities\":{\"max_msg_fds\":"
                + maxMsgFds
                + ",\"max_data_xfer_size\":"
                + maxDataXferSize
                + ",\"max_dma_maps\":"
                + maxDmaMaps
                + ",\"pgsizes\":"
                + pageSizes
                + ",\"write_multiple\":"
                + writeMultiple
                + (twinSocket ? ",\"twin_socket\":{\"supported\":true}" : "")
                + "}}";
    }
}
