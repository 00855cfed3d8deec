/// JSON as values, and the interface through which it is parsed and printed.
module igdrom.json {
    requires transitive igdrom.bytes;
    requires static transitive org.jspecify;

    exports igdrom.json;
}
