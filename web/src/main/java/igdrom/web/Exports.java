package igdrom.web;

import igdrom.bytes.Image;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.typedarrays.Int8Array;

/// What the worker of the page calls.
public final class Exports {
    private static final Engine ENGINE = new Engine();
    private static @Nullable Image file;

    private Exports() {}

    /// TeaVM wants an entry point.
    public static void main(String[] arguments) {}

    /// Adds a file.
    @JSExport
    public static void add(String name, Int8Array bytes) {
        ENGINE.add(name, Image.of(bytes.copyToJavaArray()));
    }

    /// Answers a request with JSON.
    @JSExport
    public static String answer(String request) {
        Reply reply = ENGINE.answer(request);
        file = reply.file();
        return Engine.print(reply);
    }

    /// The file that belongs to the last answer, null for none.
    @JSExport
    public static @Nullable Int8Array file() {
        Image made = file;
        return made == null ? null : Int8Array.copyFromJavaArray(made.toByteArray());
    }
}
