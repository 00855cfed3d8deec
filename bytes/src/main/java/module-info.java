/// Bytes and how to talk about them: where they are, what is odd about them, how to read and write
/// them.
module igdrom.bytes {
    requires static transitive org.jspecify;

    exports igdrom.bytes;
}
