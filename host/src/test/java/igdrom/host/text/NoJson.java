package igdrom.host.text;

import igdrom.bytes.Image;
import igdrom.json.JsonFormat;
import igdrom.json.JsonValue;
import igdrom.json.LocatedValue;

/// For texts without a snapshot among them.
enum NoJson implements JsonFormat {
    FORMAT;

    @Override
    public LocatedValue parse(Image document, String name) {
        throw new AssertionError("no file is JSON");
    }

    @Override
    public String print(JsonValue value, Layout layout) {
        throw new AssertionError("nothing is printed");
    }
}
