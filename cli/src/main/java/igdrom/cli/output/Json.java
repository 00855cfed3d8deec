package igdrom.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Writes the one JSON object that `--json` prints, field after field. It says first which schema
/// it keeps.
///
/// Spec: RFC 8259; always UTF-8.
public final class Json implements AutoCloseable {
    public static final int SCHEMA = 1;

    private final Output out;
    private final JsonGenerator json;

    private final String end;

    private Json(Output out, String end) throws OutputException {
        this.out = out;
        this.end = end;
        this.json =
                JsonFactory.builder()
                        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                        .build()
                        .createGenerator(ObjectWriteContext.empty(), new Bytes(out));
        write(json::writeStartObject);
    }

    /// The whole of what a command prints.
    public static Json document(Output out) throws OutputException {
        return new Json(out, "\n").number("schema", SCHEMA);
    }

    /// An object that becomes part of a document.
    public static Json fragment(Output out) throws OutputException {
        return new Json(out, "");
    }

    /// Begins an object in an array.
    public Json object() throws OutputException {
        return write(json::writeStartObject);
    }

    public Json object(String name) throws OutputException {
        return write(() -> json.writeObjectPropertyStart(name));
    }

    public Json endObject() throws OutputException {
        return write(json::writeEndObject);
    }

    public Json array(String name) throws OutputException {
        return write(() -> json.writeArrayPropertyStart(name));
    }

    public Json endArray() throws OutputException {
        return write(json::writeEndArray);
    }

    public Json text(String name, @Nullable String value) throws OutputException {
        return write(() -> json.writeStringProperty(name, value));
    }

    /// An element of an array.
    public Json text(String value) throws OutputException {
        return write(() -> json.writeString(value));
    }

    public Json number(String name, long value) throws OutputException {
        return write(() -> json.writeNumberProperty(name, value));
    }

    public Json truth(String name, boolean value) throws OutputException {
        return write(() -> json.writeBooleanProperty(name, value));
    }

    public Json nothing(String name) throws OutputException {
        return write(() -> json.writeNullProperty(name));
    }

    /// Ends the outermost object.
    @Override
    public void close() throws OutputException {
        write(json::close);
        out.raw(end);
    }

    private Json write(Runnable step) throws OutputException {
        try {
            step.run();
            return this;
        } catch (JacksonException e) {
            if (e.getCause() instanceof OutputException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static final class Bytes extends OutputStream {
        private final Output out;

        Bytes(Output out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.bytes(bytes, from, length);
        }
    }
}
