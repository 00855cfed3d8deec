/// Immutable bytes, how to read and write them, and how to report what is wrong with them.
module igdrom.bytes {
    requires static transitive org.jspecify;

    exports igdrom.bytes;
}
